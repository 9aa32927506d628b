/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.itest.harness.Command;
import io.sallyport.itest.harness.HarnessExtension;
import io.sallyport.itest.harness.RestClient;
import io.sallyport.itest.harness.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Packets of one container, downloaded and opened by somebody else's program. */
@ExtendWith(HarnessExtension.class)
class CaptureTest {
  private final World world = World.shared();

  @Test
  void capturesThePacketsOfOneContainerOnly() throws Exception {
    RestClient rest = world.node().rest();
    String id = world.id("redis-server");
    String address =
        world
            .docker("inspect", "-f")
            .with("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "redis-server")
            .output();
    String capture =
        rest.post("/v1/sniffer?f_workload=" + id, Map.of("sniffer", Map.of("duration", 4)))
            .path("result")
            .path("id")
            .asText();
    for (int i = 0; i < 5; i++) {
      world.outside("curl", "-s", "http://" + uiAddress() + "/api/getvotes").run();
    }
    JsonNode done =
        world.await(
            "the end of the capture",
            "/v1/sniffer?f_workload=" + id,
            "sniffers",
            s ->
                s.path("id").asText().equals(capture)
                    && !s.path("status").asText().equals("running"));
    assertThat(done.path("size").asLong()).isGreaterThan(24);
    Path file = TestRun.current().newFolder("capture").resolve("x.pcap");
    Files.write(file, rest.download("/v1/sniffer/" + capture + "/pcap"));
    List<String> packets =
        Command.of("tshark", "-r", file.toString(), "-Y", "ip", "-T", "fields")
            .with("-e", "ip.src", "-e", "ip.dst", "-e", "_ws.col.Protocol")
            .output()
            .lines()
            .toList();
    assertThat(packets).hasSizeGreaterThan(5).allMatch(p -> p.contains(address));
    assertThat(packets).anyMatch(p -> p.contains("RESP"));
    rest.delete("/v1/sniffer/" + capture);
    World.shown(4, "a pcap that tshark opens, with that container's packets only");
  }

  private String uiAddress() {
    return world
        .docker("inspect", "-f")
        .with("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "yelb-ui")
        .output();
  }
}
