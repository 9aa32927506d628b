/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list: {@code start}, {@code limit}, {@code f_<member>}, {@code s_<member>}, and
 * switches such as {@code brief}. A negative start counts from the end and goes backwards.
 */
public final class Query {
  private static final int MAX_PARAMETERS = 64;

  private final int start;
  private final int limit;
  private final List<Filter> filters = new ArrayList<>();
  private final Map<String, Boolean> sorting = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();

  private Query(MultivaluedMap<String, String> parameters, Set<String> taken) {
    start = number(parameters, "start", Integer.MIN_VALUE);
    limit = number(parameters, "limit", 0);
    int count = 0;
    for (Map.Entry<String, List<String>> entry : parameters.entrySet()) {
      for (String value : entry.getValue()) {
        if (++count > MAX_PARAMETERS) {
          throw new NvException(NvError.INVALID_REQUEST, "Too many query parameters.");
        }
        take(entry.getKey(), value, taken);
      }
    }
  }

  /** Reads the parameters of a request. */
  public static Query of(MultivaluedMap<String, String> parameters) {
    return new Query(parameters, Set.of());
  }

  /**
   * Reads them, but for filters that select where to look rather than what to show.
   *
   * @param taken their names, as in {@code f_workload}
   */
  public static Query of(MultivaluedMap<String, String> parameters, Set<String> taken) {
    return new Query(parameters, taken);
  }

  private void take(String name, String value, Set<String> taken) {
    if (name.startsWith("f_") && !taken.contains(name)) {
      filters.add(Filter.parse(name.substring(2), value));
    } else if (name.startsWith("s_")) {
      sorting.put(name.substring(2), ascending(name, value));
    } else {
      others.put(name, value);
    }
  }

  private static boolean ascending(String name, String value) {
    return switch (value) {
      case "asc" -> true;
      case "desc" -> false;
      default ->
          throw new NvException(
              NvError.INVALID_REQUEST, name + " must be asc or desc, not \"" + value + "\"");
    };
  }

  /** Whether a switch is on, as in {@code brief=true}. */
  public boolean on(String name) {
    String value = others.get(name);
    return value != null && (value.isEmpty() || value.equals("true") || value.equals("1"));
  }

  /** Another parameter, empty when it is not given. */
  public String text(String name) {
    return others.getOrDefault(name, "");
  }

  /** Those of the elements that are asked for, in the order that is asked for. */
  public <T extends JsonNode> List<T> apply(Collection<T> elements) {
    List<T> kept = new ArrayList<>();
    for (T element : elements) {
      if (filters.stream().allMatch(filter -> filter.matches(element))) {
        kept.add(element);
      }
    }
    Comparator<JsonNode> order = order();
    if (order != null) {
      kept.sort(order);
    }
    if (start != Integer.MIN_VALUE && start < 0) {
      Collections.reverse(kept);
    }
    long from = start == Integer.MIN_VALUE ? 0 : start < 0 ? -(long) start - 1 : start;
    int begin = (int) Math.min(from, kept.size());
    int end = limit == 0 ? kept.size() : (int) Math.min((long) begin + limit, kept.size());
    return List.copyOf(kept.subList(begin, end));
  }

  private @Nullable Comparator<JsonNode> order() {
    Comparator<JsonNode> order = null;
    for (Map.Entry<String, Boolean> by : sorting.entrySet()) {
      Comparator<JsonNode> next =
          (a, b) -> compare(Members.find(a, by.getKey()), Members.find(b, by.getKey()));
      next = by.getValue() ? next : next.reversed();
      order = order == null ? next : order.thenComparing(next);
    }
    return order;
  }

  private static int compare(JsonNode a, JsonNode b) {
    return a.isNumber() && b.isNumber()
        ? a.decimalValue().compareTo(b.decimalValue())
        : a.asText().compareTo(b.asText());
  }

  private static int number(MultivaluedMap<String, String> parameters, String name, int absent) {
    String value = parameters.getFirst(name);
    if (value == null || value.isEmpty()) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 || name.equals("start")) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is out of range.
    }
    throw new NvException(
        NvError.INVALID_REQUEST, name + " must be a number, not \"" + value + "\"");
  }
}
