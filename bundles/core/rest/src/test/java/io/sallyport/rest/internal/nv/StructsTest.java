/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.api.auth.UserSession;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.fake.FakeModel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every member that NeuVector's clients insist on is there, and none that they do not know. */
class StructsTest {
  private final Structs structs = new Structs();
  private final FakeModel model = new FakeModel();
  private final Picture picture = new Picture(model);

  StructsTest() throws IOException {}

  @Test
  void workloads() {
    WorkloadMapper mapper = new WorkloadMapper(picture);
    JsonNode workload = tree(mapper.workload(model.workloads.getFirst(), true));
    conforms(workload, "RESTWorkload");
    conforms(workload.get("children").get(0), "RESTWorkload");
    conforms(workload.get("scan_summary"), "RESTScanBrief");
    conforms(workload.get("ports").get(0), "RESTWorkloadPorts");
    conforms(workload.get("interfaces").get("").get(0), "RESTIPAddr");
    conforms(tree(mapper.brief(model.workloads.get(1), false)), "RESTWorkloadBrief");
    conforms(tree(mapper.detail(model.workloads.getFirst())), "RESTWorkloadDetail");
  }

  @Test
  void workloadsV2() {
    WorkloadV2Mapper mapper = new WorkloadV2Mapper(picture);
    JsonNode workload = tree(mapper.workload(model.workloads.getFirst(), true));
    conforms(workload, "RESTWorkloadV2");
    conforms(workload.get("brief"), "RESTWorkloadBriefV2");
    conforms(workload.get("security"), "RESTWorkloadSecurityV2");
    conforms(workload.get("rt_attributes"), "RESTWorkloadRtAttribesV2");
    JsonNode detail = tree(mapper.detail(model.workloads.getFirst()));
    conforms(detail, "RESTWorkloadDetailV2");
    conforms(detail.get("misc"), "RESTWorkloadDetailMiscV2");
  }

  @Test
  void conversations() {
    ConversationMapper mapper = new ConversationMapper(picture);
    mapper
        .endpoints(model.conversations())
        .forEach(each -> conforms(tree(each), "RESTConversationEndpoint"));
    JsonNode compact = tree(mapper.compact(model.conversations()).getFirst());
    conforms(compact, "RESTConversationCompact", "RESTConversationReport");
    conforms(compact.get("entries").get(0), "RESTConversationReportEntry");
    conforms(
        tree(mapper.verbose(model.conversations()).getFirst()),
        "RESTConversation",
        "RESTConversationReport");
    JsonNode detail = tree(mapper.detail(model.conversations()));
    conforms(detail, "RESTConversationDetail", "RESTConversationReport");
    conforms(detail.get("entries").get(0), "RESTConversationEntry");
  }

  @Test
  void groupsAndDomains() {
    GroupMapper mapper = new GroupMapper(picture);
    model.groups().forEach(group -> conforms(tree(mapper.group(group)), "RESTGroup"));
    conforms(tree(mapper.group(model.groups().getFirst())), "RESTGroupDetail");
    conforms(tree(mapper.brief(model.groups().getFirst())), "RESTGroupBrief");
    conforms(tree(mapper.domains().getFirst()), "RESTDomain");
  }

  @Test
  void nodesAndTheWhole() {
    NodeMapper mapper = new NodeMapper(picture);
    conforms(tree(mapper.host(model.nodes().getFirst())), "RESTHost");
    conforms(tree(mapper.enforcer(model.nodes().getFirst())), "RESTAgent");
    conforms(tree(mapper.controller("host-1", "0.1.0", Instant.EPOCH)), "RESTController");
    conforms(tree(mapper.summary("0.1.0")), "RESTSystemSummary");
  }

  @Test
  void sessionsAndSniffers() {
    conforms(
        tree(
            SessionMapper.session(
                model.workloads.getFirst(),
                FakeModel.flow(1, FlowState.ESTABLISHED),
                FakeModel.NANOS)),
        "RESTSession");
    conforms(tree(SessionMapper.summary(model.sessions("aaaaaaaaaaaa"))), "RESTSessionSummary");
    PacketCapture capture =
        new PacketCapture("1", "w", "n", PacketCapture.State.RUNNING, 0, FakeModel.NANOS, "");
    conforms(tree(SessionMapper.sniffer(capture)), "RESTSnifferInfo");
  }

  @Test
  void loginsAndErrors() {
    UserSession session =
        new UserSession("t", "admin", "admin", "admin", 300, true, Instant.EPOCH, 0);
    JsonNode data = tree(AuthMapper.token(session));
    conforms(data, "RESTTokenData");
    conforms(data.get("token"), "RESTToken");
    conforms(data.get("token").get("global_permissions").get(0), "RESTRolePermission");
    conforms(tree(NvError.SERVER.body("why")), "RESTError");
  }

  private void conforms(JsonNode json, String... parts) {
    List<String> required = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (String part : parts) {
      required.addAll(structs.required(part));
      known.addAll(structs.known(part));
    }
    Set<String> present = json.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    assertThat(present).as(parts[0] + " " + json).containsAll(required);
    assertThat(known).as(parts[0] + " " + json).containsAll(present);
    json.forEach(value -> assertThat(value.isNull()).as(parts[0] + " has a null").isFalse());
  }

  private static JsonNode tree(Object value) {
    return Json.tree(value);
  }
}
