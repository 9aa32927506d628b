/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

/**
 * How an ordered capture does.
 *
 * @param id the order's id
 * @param running whether it goes on
 * @param bytes how large its file is
 * @param problem why it failed; empty when it did not
 */
public record CaptureProgress(String id, boolean running, long bytes, String problem) {}
