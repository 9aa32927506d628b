/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.error;

/**
 * The body of every error, NeuVector's {@code RESTError}.
 *
 * @param code NeuVector's number
 * @param error what kind of error, in NeuVector's words
 * @param message what exactly is wrong, and what to do
 */
public record ErrorBody(int code, String error, String message) {}
