/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.rest.internal.query.Query;
import java.util.Collection;

/** Answers that are lists. */
public final class Lists {
  private Lists() {}

  /** {@code {"<name>": [...]}} with the elements that the query asks for. */
  public static ObjectNode of(String name, Query query, Collection<?> elements) {
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.putArray(name).addAll(query.apply(elements.stream().map(Json::tree).toList()));
    return answer;
  }
}
