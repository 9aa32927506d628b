/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import java.util.List;
import java.util.Locale;

/**
 * One {@code f_<member>=<value>} or {@code f_<member>=<operator>,<value>}. A list matches when one
 * of its elements does; a member that is not there is as one that is empty.
 */
record Filter(String member, Operator operator, String value) {
  enum Operator {
    EQ,
    NEQ,
    IN,
    NOTIN,
    GT,
    GTE,
    LT,
    LTE,
    PREFIX
  }

  static Filter parse(String member, String text) {
    int comma = text.indexOf(',');
    if (comma > 0) {
      String head = text.substring(0, comma);
      for (Operator operator : Operator.values()) {
        if (operator.name().toLowerCase(Locale.ROOT).equals(head)) {
          return new Filter(member, operator, text.substring(comma + 1));
        }
      }
    }
    return new Filter(member, Operator.EQ, text);
  }

  boolean matches(JsonNode object) {
    JsonNode found = Members.find(object, member);
    return switch (operator) {
      case NEQ -> !any(found, this::same);
      case NOTIN -> !any(found, this::among);
      case EQ -> any(found, this::same);
      case IN -> any(found, this::among);
      case PREFIX -> any(found, node -> node.asText().startsWith(value));
      case GT -> any(found, node -> compare(node) > 0);
      case GTE -> any(found, node -> compare(node) >= 0);
      case LT -> any(found, node -> compare(node) < 0);
      case LTE -> any(found, node -> compare(node) <= 0);
    };
  }

  private static boolean any(JsonNode found, java.util.function.Predicate<JsonNode> test) {
    if (found.isArray()) {
      for (JsonNode element : found) {
        if (test.test(element)) {
          return true;
        }
      }
      return false;
    }
    return test.test(found);
  }

  private boolean same(JsonNode node) {
    return node.isNumber() ? compare(node) == 0 : node.asText().equals(value);
  }

  private boolean among(JsonNode node) {
    return List.of(value.split("\\|", -1)).contains(node.asText());
  }

  private int compare(JsonNode node) {
    if (!node.isNumber()) {
      return node.asText().compareTo(value);
    }
    try {
      return node.decimalValue().compareTo(new java.math.BigDecimal(value));
    } catch (NumberFormatException e) {
      throw new NvException(
          NvError.INVALID_REQUEST, "f_" + member + " needs a number, not \"" + value + "\"");
    }
  }
}
