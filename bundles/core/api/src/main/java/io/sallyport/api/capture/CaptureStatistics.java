/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

/**
 * What a capture saw.
 *
 * @param packets packets that were handed out
 * @param dropped packets the kernel had to drop because no room was left
 * @param omitted packets left out on purpose, behind the first bytes of their flow; -1 if unknown
 */
public record CaptureStatistics(long packets, long dropped, long omitted) {}
