/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.inventory.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.inventory.internal.Part.Coordinates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Writes a CycloneDX 1.6 document. The same parts give the same bytes. */
final class Sbom {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Coordinates product;
  private final String timestamp;

  /**
   * Describes one distribution.
   *
   * @param product the distribution
   * @param timestamp the build's, in ISO 8601
   */
  Sbom(Coordinates product, String timestamp) {
    this.product = product;
    this.timestamp = timestamp;
  }

  void write(List<Part> parts, Path file) throws IOException {
    ObjectNode document = JSON.createObjectNode();
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.6");
    document.put("serialNumber", "urn:uuid:" + serial(parts));
    document.put("version", 1);
    ObjectNode metadata = document.putObject("metadata");
    metadata.put("timestamp", timestamp);
    ObjectNode subject = metadata.putObject("component");
    subject.put("type", "application");
    name(subject, product);
    components(document, parts);
    Files.writeString(file, JSON.writeValueAsString(document) + "\n");
  }

  private UUID serial(List<Part> parts) {
    String content = product.purl() + parts;
    return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
  }

  private static void components(ObjectNode parent, List<Part> parts) {
    ArrayNode components = parent.putArray("components");
    for (Part part : parts) {
      component(components.addObject(), part);
    }
  }

  private static void component(ObjectNode node, Part part) {
    node.put("type", part.place().endsWith(".jar") ? "library" : "file");
    node.put("bom-ref", part.place());
    Coordinates coordinates = part.coordinates();
    if (coordinates == null) {
      node.put("name", part.place().substring(part.place().lastIndexOf('/') + 1));
    } else {
      name(node, coordinates);
    }
    ObjectNode hash = node.putArray("hashes").addObject();
    hash.put("alg", "SHA-256");
    hash.put("content", part.sha256());
    if (part.licence() != null) {
      node.putArray("licenses").addObject().putObject("license").put("name", part.licence());
    }
    if (!part.parts().isEmpty()) {
      components(node, part.parts());
    }
  }

  private static void name(ObjectNode node, Coordinates coordinates) {
    node.put("group", coordinates.group());
    node.put("name", coordinates.artifact());
    node.put("version", coordinates.version());
    node.put("purl", coordinates.purl());
  }
}
