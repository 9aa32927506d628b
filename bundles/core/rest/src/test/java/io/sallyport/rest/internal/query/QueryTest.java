/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.rest.internal.error.NvException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cxf.jaxrs.impl.MetadataMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<ObjectNode> PEOPLE =
      List.of(
          person("ann", 30, "red"),
          person("bob", 20, "green"),
          person("cid", 25, "red"),
          person("dan", 7, "blue"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; ann bob cid dan",
        "f_name=bob; bob",
        "f_name=eq,bob; bob",
        "f_name=neq,bob; ann cid dan",
        "f_name=in,ann|dan; ann dan",
        "f_name=notin,ann|dan; bob cid",
        "f_name=prefix,a; ann",
        "f_name=gt,bob; cid dan",
        "f_age=25; cid",
        "f_age=gt,20; ann cid",
        "f_age=gte,20; ann bob cid",
        "f_age=lt,20; dan",
        "f_age=lte,20; bob dan",
        "f_age=in,7|20; bob dan",
        "f_colours=red; ann cid",
        "f_colours=neq,red; bob dan",
        "f_age=gt,10&f_colours=red; ann cid",
        "f_name=x,y; ''",
        "f_unknown=1; ''",
        "f_unknown=neq,1; ann bob cid dan",
        "f_city=ulm; ann bob cid dan",
        "s_age=asc; dan bob cid ann",
        "s_name=desc; dan cid bob ann",
        "s_colours=asc&s_age=desc; ann cid bob dan",
        "start=1; bob cid dan",
        "limit=2; ann bob",
        "start=1&limit=2; bob cid",
        "start=9; ''",
        "limit=0; ann bob cid dan",
        "start=-1&limit=2; dan cid",
        "start=-2&limit=5; cid bob ann",
        "s_age=asc&limit=1; dan"
      })
  void selectsSortsAndPages(String query, String names) {
    assertThat(names(query == null ? "" : query)).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start=x", "limit=-1", "limit=1.5", "s_age=up", "f_age=gt,old"})
  void whatIsNoQueryIsAClearError(String query) {
    assertThatThrownBy(() -> names(query))
        .isInstanceOf(NvException.class)
        .hasMessageContaining(query.substring(0, query.indexOf('=')));
  }

  @Test
  void switchesAndTextsAreNotFilters() {
    Query query = query("brief=true&view=pod&f_workload=x", Set.of("f_workload"));
    assertThat(query.on("brief")).isTrue();
    assertThat(query.on("verbose")).isFalse();
    assertThat(query.text("view")).isEqualTo("pod");
    assertThat(query.text("f_workload")).isEqualTo("x");
    assertThat(query.apply(PEOPLE)).hasSize(4);
  }

  @Test
  void parametersAreBounded() {
    assertThatThrownBy(() -> names("f_name=a" + "&f_name=a".repeat(64)))
        .isInstanceOf(NvException.class);
  }

  private static String names(String query) {
    return query(query, Set.of()).apply(PEOPLE).stream()
        .map(node -> node.get("name").asText())
        .collect(Collectors.joining(" "));
  }

  private static Query query(String text, Set<String> taken) {
    MetadataMap<String, String> parameters = new MetadataMap<>();
    for (String each : text.split("&", -1)) {
      String[] parts = each.split("=", 2);
      if (parts.length == 2) {
        parameters.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
      }
    }
    return Query.of(parameters, taken);
  }

  private static ObjectNode person(String name, int age, String colour) {
    ObjectNode person = MAPPER.createObjectNode().put("name", name).put("age", age);
    person.putArray("colours").add(colour);
    JsonNode home = MAPPER.createObjectNode().put("city", "ulm");
    person.set("home", home);
    return person;
  }
}
