/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each call's envelope and what it selects. */
class ResourcesTest {
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture().serving();
  }

  @AfterAll
  static void stop() throws IOException {
    rest.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/workload, workloads, 3",
    "/v1/workload?brief=true, workloads, 3",
    "/v1/workload?view=pod, workloads, 2",
    "/v1/workload?view=pod_only, workloads, 2",
    "/v1/workload?f_service=web, workloads, 2",
    "/v1/workload?start=0&limit=1, workloads, 1",
    "/v2/workload, workloads, 3",
    "/v2/workload?f_domain=shop&f_service=db, workloads, 1",
    "/v1/group, groups, 4",
    "/v1/group?brief=true&f_learned=true, groups, 2",
    "/v1/group?scope=fed, groups, 0",
    "/v1/domain, domains, 1",
    "/v1/host, hosts, 1",
    "/v1/enforcer, enforcers, 1",
    "/v1/controller, controllers, 1",
    "/v1/conversation, conversations, 2",
    "/v1/conversation?verbose=true, conversations, 2",
    "/v1/conversation, endpoints, 3",
    "/v1/conversation_endpoint, endpoints, 3",
    "/v1/session?f_workload=aaaaaaaaaaaa, sessions, 2",
    "/v1/session?f_enforcer=node-1&limit=1, sessions, 1",
    "/v1/sallyport/conversation, conversations, 4",
    "/v1/sallyport/conversation?from=external&to=nv.web.shop, conversations, 2",
    "/v1/sallyport/status, nodes, 1",
    "/v1/sallyport/parser, parsers, 0",
    "/v1/sallyport/plugin, plugins, 1"
  })
  void listsAreUnderTheirName(String path, String name, int size) throws Exception {
    HttpResponse<String> response = rest.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(RestFixture.json(response).get(name)).hasSize(size);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/workload/aaaaaaaaaaaa, workload",
    "/v2/workload/shop-web-1, workload",
    "/v1/group/nv.web.shop, group",
    "/v1/host/node-1, host",
    "/v1/enforcer/node-1, enforcer",
    "/v1/controller/host-1, controller",
    "/v1/conversation/nv.web.shop/nv.db.shop, conversation",
    "/v1/system/summary, summary",
    "/v1/session/summary?f_enforcer=node-1, summary",
    "/v1/eula, eula"
  })
  void oneIsUnderItsName(String path, String name) throws Exception {
    HttpResponse<String> response = rest.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(RestFixture.json(response).get(name).isObject()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/workload/none, 404, 7",
    "/v1/workload?view=all, 400, 6",
    "/v1/workload?limit=x, 400, 6",
    "/v1/group/none, 404, 7",
    "/v1/host/none, 404, 7",
    "/v1/enforcer/none, 404, 7",
    "/v1/controller/none, 404, 7",
    "/v1/conversation/a/b, 404, 7",
    "/v1/session, 400, 12",
    "/v1/session/summary, 400, 12",
    "/v1/session?f_workload=none, 404, 7",
    "/v1/session?f_enforcer=none, 404, 7",
    "/v1/sniffer/none, 404, 7",
    "/v1/sniffer/none/pcap, 404, 7",
    "/v1/sallyport/conversation?from=a, 400, 12"
  })
  void whatIsNotThereOrNotAskedProperlyIsSaidSo(String path, int status, int code)
      throws Exception {
    HttpResponse<String> response = rest.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(RestFixture.json(response).get("code").asInt()).isEqualTo(code);
  }

  @Test
  void conversationsOfOutsideAddressesAreOne() throws Exception {
    JsonNode first = RestFixture.json(rest.get("/v1/conversation")).get("conversations").get(0);
    assertThat(first.get("from").asText()).isEqualTo("external");
    assertThat(first.get("bytes").asLong()).isEqualTo(600);
    assertThat(first.get("sessions").asLong()).isEqualTo(5);
    assertThat(first.get("policy_action").asText()).isEqualTo("learn");
    assertThat(first.get("applications").get(0).asText()).isEqualTo("HTTP");
    assertThat(first.get("entries")).hasSize(2);
  }

  @Test
  void workloadShowsWhatItServes() throws Exception {
    JsonNode workload = RestFixture.json(rest.get("/v1/workload/cccccccccccc")).get("workload");
    assertThat(workload.get("applications").get(0).asText()).isEqualTo("PostgreSQL");
    assertThat(workload.get("app_ports").get("tcp/5432").asText()).isEqualTo("PostgreSQL");
    assertThat(workload.get("state").asText()).isEqualTo("discover");
    assertThat(workload.get("created_at").asText()).isEqualTo("2020-09-13T12:26:40Z");
    assertThat(workload.get("started_at").asText()).isEmpty();
  }

  @Test
  void summaryCounts() throws Exception {
    JsonNode summary = RestFixture.json(rest.get("/v1/system/summary")).get("summary");
    assertThat(summary.get("hosts").asInt()).isEqualTo(1);
    assertThat(summary.get("running_pods").asInt()).isEqualTo(2);
    assertThat(summary.get("services").asInt()).isEqualTo(2);
    assertThat(Float.parseFloat(summary.get("cvedb_version").asText())).isZero();
  }

  @Test
  void snifferRunsFromStartToDelete() throws Exception {
    HttpResponse<String> started =
        rest.send(
            rest.authorized("/v1/sniffer?f_workload=shop-web-1")
                .POST(
                    BodyPublishers.ofString("{\"sniffer\":{\"duration\":5,\"filter\":\"tcp\"}}")));
    String id = RestFixture.json(started).get("result").get("id").asText();

    JsonNode sniffer = RestFixture.json(rest.get("/v1/sniffer/" + id)).get("sniffer");
    assertThat(sniffer.get("container_id").asText()).isEqualTo("aaaaaaaaaaaa");
    assertThat(sniffer.get("status").asText()).isEqualTo("running");

    assertThat(send("PATCH", "/v1/sniffer/stop/" + id)).isEqualTo(200);
    JsonNode list = RestFixture.json(rest.get("/v1/sniffer?f_workload=aaaaaaaaaaaa"));
    assertThat(list.get("sniffers").get(0).get("status").asText()).isEqualTo("stopped");

    HttpResponse<byte[]> pcap =
        rest.client.send(
            rest.authorized("/v1/sniffer/" + id + "/pcap?limit=1000").build(),
            BodyHandlers.ofByteArray());
    assertThat(pcap.body()).hasSize(1_000);
    assertThat(pcap.headers().firstValue("Content-Disposition").orElse("")).contains(id + ".pcap");

    assertThat(send("DELETE", "/v1/sniffer/" + id)).isEqualTo(200);
    assertThat(rest.get("/v1/sniffer/" + id).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/v1/sniffer; {}; 12",
        "/v1/sniffer?f_workload=none; {}; 7",
        "/v1/sniffer?f_workload=shop-web-1; {\"sniffer\":{\"duration\":99999}}; 6",
        "/v1/sniffer?f_workload=shop-web-1; {\"sniffer\":{\"duration\":\"long\"}}; 6"
      })
  void snifferThatCannotBeIsRefused(String path, String body, int code) throws Exception {
    HttpResponse<String> response =
        rest.send(rest.authorized(path).POST(BodyPublishers.ofString(body)));
    assertThat(RestFixture.json(response).get("code").asInt()).isEqualTo(code);
  }

  @Test
  void metricsAreInPrometheusFormat() throws Exception {
    HttpResponse<String> response = rest.get("/metrics");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain;")
        .contains("version=0.0.4");
    assertThat(response.body())
        .contains("# TYPE nv_summary_hosts gauge\nnv_summary_hosts{target=\"host-1\"} 1\n")
        .contains("nv_conversation_bytes{port=\"tcp/80\",from=\"external\",to=\"aaaaaaaaaaaa\"")
        .contains("sallyport_dataplane_flows_evicted_total{node=\"host-1\"} 3\n");
    assertThat(response.body().lines())
        .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-zA-Z_]+(\\{.*\\})? [0-9.Ee+-]+"));
  }

  private static int send(String method, String path) throws Exception {
    return rest.send(rest.authorized(path).method(method, BodyPublishers.noBody())).statusCode();
  }
}
