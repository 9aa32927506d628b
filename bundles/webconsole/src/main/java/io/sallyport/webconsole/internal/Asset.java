/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import java.util.Map;

/**
 * One file of the console in all its encodings.
 *
 * @param contentType the media type, with the charset for text
 * @param immutable whether its name changes with its content, so that it may be cached for ever
 * @param bodies the bytes and their entity tag an encoding; {@link Encoding#IDENTITY} is always
 *     among them
 */
record Asset(String contentType, boolean immutable, Map<Encoding, Body> bodies) {

  /** The bytes of one encoding. The array is shared and never written to. */
  @SuppressWarnings("ArrayRecordComponent")
  record Body(byte[] bytes, String etag) {}
}
