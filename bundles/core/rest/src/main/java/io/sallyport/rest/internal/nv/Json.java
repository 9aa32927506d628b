/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.rest.internal.error.Failure;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import java.io.IOException;

/** JSON as NeuVector writes it: snake case, every member present, unknown members tolerated. */
public final class Json {
  private static final int MAX_DEPTH = 64;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The one mapper; never changed. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads a body.
   *
   * @throws NvException when it is missing or is no such JSON, saying where and what
   */
  public static <T> T read(byte[] body, Class<T> type) {
    if (body.length == 0) {
      throw new NvException(NvError.INVALID_REQUEST, "The body is missing; it must be JSON.");
    }
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new NvException(NvError.INVALID_REQUEST, "The body must be a JSON object.");
      }
      return value;
    } catch (IOException e) {
      throw new NvException(NvError.INVALID_REQUEST, Failure.of(e).body().message());
    }
  }

  /** A value as a tree. */
  public static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A value in one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours is always written", e);
    }
  }
}
