/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.inventory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
  private static final String EXTERNAL = "system/org/example/lib/1.2/lib-1.2.jar";

  @TempDir Path root;
  private Path lock;
  private Path sbom;

  @BeforeEach
  void assemble() throws IOException {
    lock = root.resolve("third-party.lock");
    sbom = root.resolve("sbom.json");
    put(EXTERNAL, jar(Map.of("META-INF/MANIFEST.MF", text("Bundle-License: MIT\n"))));
    byte[] embedded =
        jar(
            Map.of(
                "META-INF/maven/org.example/part/pom.properties",
                text("groupId=org.example\nartifactId=part\nversion=3\n")));
    put("system/io/sallyport/own/0.1/own-0.1.jar", jar(Map.of("lib/part-3.jar", embedded)));
    put("lib/boot/main.jar", jar(Map.of("A.class", text("a"))));
  }

  @Test
  void locksThirdPartyFilesAndThoseInsideOwnBundles() throws IOException {
    run("update");
    assertThat(Files.readAllLines(lock))
        .filteredOn(line -> !line.startsWith("#"))
        .extracting(line -> line.substring(66))
        .containsExactly("lib/boot/main.jar", "own!lib/part-3.jar", EXTERNAL);
  }

  @Test
  void acceptsWhatIsLocked() throws IOException {
    run("update");
    run("check");
    assertThat(sbom).exists();
  }

  @Test
  void refusesAChangedByte() throws IOException {
    run("update");
    byte[] bytes = Files.readAllBytes(root.resolve(EXTERNAL));
    bytes[bytes.length - 1] ^= 1;
    put(EXTERNAL, bytes);
    assertThatThrownBy(() -> run("check")).hasMessageContaining(EXTERNAL + " has SHA-256");
  }

  @Test
  void refusesWhatIsNewOrGone() throws IOException {
    run("update");
    Files.delete(root.resolve(EXTERNAL));
    put("system/org/example/lib/1.3/lib-1.3.jar", jar(Map.of("B.class", text("b"))));
    assertThatThrownBy(() -> run("check"))
        .hasMessageContaining("lib-1.3.jar is not locked")
        .hasMessageContaining(EXTERNAL + " is locked, but not there");
  }

  @Test
  void refusesADistributionWithoutALock() {
    assertThatThrownBy(() -> run("check")).hasMessageContaining("-Dlock=update");
  }

  @Test
  void describesThePartsAsCycloneDx() throws IOException {
    run("update");
    JsonNode document = new ObjectMapper().readTree(sbom.toFile());
    assertThat(document.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(document.at("/metadata/component/purl").asText())
        .isEqualTo("pkg:maven/io.sallyport/distribution-test@0.1");
    JsonNode own = document.at("/components/1");
    assertThat(own.path("purl").asText()).isEqualTo("pkg:maven/io.sallyport/own@0.1");
    assertThat(own.at("/components/0/purl").asText()).isEqualTo("pkg:maven/org.example/part@3");
    assertThat(document.at("/components/2/licenses/0/license/name").asText()).isEqualTo("MIT");
  }

  @Test
  void isTheSameEveryTime() throws IOException {
    run("update");
    String first = Files.readString(sbom);
    run("check");
    assertThat(sbom).content().isEqualTo(first);
  }

  private void run(String mode) throws IOException {
    Main.main(
        new String[] {
          root.toString(),
          lock.toString(),
          sbom.toString(),
          "io.sallyport",
          "distribution-test",
          "0.1",
          "2026-01-01T00:00:00Z",
          mode
        });
  }

  private void put(String place, byte[] bytes) throws IOException {
    Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] jar(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
