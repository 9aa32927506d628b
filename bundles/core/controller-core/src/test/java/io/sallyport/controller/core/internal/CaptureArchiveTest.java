/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.CaptureProgress;
import io.sallyport.api.link.NodePolicy;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureArchiveTest {
  @TempDir private Path home = Path.of("");

  private long now = Node.NOW;
  private final ControllerConfig config =
      Configs.of(
          ControllerConfig.class,
          Map.of("maxCaptures", 2, "maxCaptureMebibytes", 1L, "maxCapturesMebibytes", 2L));
  private final Model model = new Model(config, () -> now);
  private final PolicyDesk policies = new PolicyDesk();
  private final List<NodePolicy> told = new ArrayList<>();
  private CaptureArchive archive = new CaptureArchive(home, model, policies, config, () -> now);

  @BeforeEach
  void begin() {
    archive = new CaptureArchive(home, model, policies, config, () -> now);
    Node node = new Node("a");
    model.take(node.full(List.of(node.workload("ui000001", "ui", "", "172.17.0.2"))));
    policies.follow("a", told::add);
  }

  @Test
  void ordersKeepsAndEndsACapture() throws IOException {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "tcp");

    assertThat(told.getLast().epoch()).isEqualTo(2);
    assertThat(told.getLast().captures().getFirst().filter()).isEqualTo("tcp");

    archive.append(id, 0, new byte[] {1, 2, 3});
    archive.append(id, 3, new byte[] {4, 5});
    archive.append(id, 3, new byte[] {4, 5});
    assertThat(only().state()).isEqualTo(PacketCapture.State.RUNNING);
    assertThat(content(id)).containsExactly(1, 2, 3, 4, 5);

    archive.progress("a", List.of(new CaptureProgress(id, false, 7, "")));
    assertThat(only().state()).as("the rest has not come").isEqualTo(PacketCapture.State.RUNNING);
    archive.append(id, 5, new byte[] {6, 7});
    archive.progress("a", List.of(new CaptureProgress(id, false, 7, "")));

    assertThat(only().state()).isEqualTo(PacketCapture.State.STOPPED);
    assertThat(only().bytes()).isEqualTo(7);
    assertThat(told.getLast().captures()).isEmpty();
  }

  @Test
  void canBeReadWhileItGrows() throws IOException {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");
    archive.append(id, 0, new byte[] {1});
    try (InputStream reader = archive.open(id)) {
      assertThat(reader.read()).isEqualTo(1);
      archive.append(id, 1, new byte[] {2});
      assertThat(reader.read()).isEqualTo(2);
      archive.delete(id);
      assertThat(reader.read()).isEqualTo(-1);
    }
  }

  @Test
  void endsWhenTheUserWants() {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");
    archive.stop(id);
    assertThat(told.getLast().captures()).isEmpty();
    assertThat(only().state()).isEqualTo(PacketCapture.State.RUNNING);

    now += Duration.ofMinutes(2).toNanos();
    archive.progress("a", List.of());
    assertThat(only().state()).as("its node is gone").isEqualTo(PacketCapture.State.STOPPED);
  }

  @Test
  void tellsWhyItFailed() {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");
    archive.progress("b", List.of(new CaptureProgress(id, false, 0, "a lie")));
    assertThat(only().state()).isEqualTo(PacketCapture.State.RUNNING);
    archive.progress("a", List.of(new CaptureProgress(id, false, 0, "no recorder")));

    assertThat(only().state()).isEqualTo(PacketCapture.State.FAILED);
    assertThat(only().problem()).isEqualTo("no recorder");
  }

  @Test
  void startsAnewWhenItsNodeDoes() throws IOException {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");
    archive.append(id, 0, new byte[] {1, 2, 3});
    archive.append(id, 0, new byte[] {9});

    assertThat(content(id)).containsExactly(9);
  }

  @Test
  void refusesWhatDoesNotFit() {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");

    assertThatThrownBy(() -> archive.append(id, 5, new byte[1])).hasMessageContaining("fit");
    assertThatThrownBy(() -> archive.append(id, 0, new byte[2 << 20])).hasMessageContaining("fit");
    assertThatThrownBy(() -> archive.append("0", 0, new byte[1]))
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> archive.start("ui000001", Duration.ofHours(2), ""))
        .hasMessageContaining("1 h");
    assertThatThrownBy(() -> archive.start("nobody", Duration.ofSeconds(2), ""))
        .hasMessageContaining("nobody");
  }

  @Test
  void keepsNoMoreThanItMay() {
    archive.start("ui000001", Duration.ofSeconds(10), "");
    archive.start("ui000001", Duration.ofSeconds(10), "");

    assertThatThrownBy(() -> archive.start("ui000001", Duration.ofSeconds(10), ""))
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT));
  }

  @Test
  void findsFilesOfAnEarlierStart() throws IOException {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");
    archive.append(id, 0, new byte[] {1, 2, 3});

    archive = new CaptureArchive(home, model, policies, config, () -> now);

    assertThat(only())
        .isEqualTo(
            new PacketCapture(id, "ui000001", "a", PacketCapture.State.STOPPED, 3, Node.NOW, ""));
    assertThat(content(id)).containsExactly(1, 2, 3);
  }

  @Test
  void keepsFilesForTheirOwnerAlone() throws IOException {
    String id = archive.start("ui000001", Duration.ofSeconds(10), "");
    try (var files = Files.list(home.resolve("captures"))) {
      Path file = files.findFirst().orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    archive.delete(id);
    try (var files = Files.list(home.resolve("captures"))) {
      assertThat(files).isEmpty();
    }
  }

  private PacketCapture only() {
    assertThat(archive.list()).hasSize(1);
    return archive.list().getFirst();
  }

  private byte[] content(String id) throws IOException {
    try (InputStream input = archive.open(id)) {
      return input.readAllBytes();
    }
  }
}
