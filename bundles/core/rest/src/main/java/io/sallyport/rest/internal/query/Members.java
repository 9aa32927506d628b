/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Finds a member of an object, or of an object right inside it (as in {@code /v2/workload}). */
final class Members {
  private Members() {}

  static JsonNode find(JsonNode object, String member) {
    JsonNode direct = object.get(member);
    if (direct != null) {
      return direct;
    }
    for (JsonNode inner : object) {
      JsonNode found = inner.isObject() ? inner.get(member) : null;
      if (found != null) {
        return found;
      }
    }
    return MissingNode.getInstance();
  }
}
