/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * NeuVector's structs by name: {@code name: member:type, member?:type, +embedded}; members with a
 * question mark may be missing.
 */
final class Structs {
  private final Map<String, String> lines = new HashMap<>();

  Structs() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Structs.class.getResourceAsStream("structs.txt")),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .forEach(
              line -> {
                int colon = line.indexOf(':');
                lines.put(line.substring(0, colon), line.substring(colon + 1));
              });
    }
  }

  /** The members that must be there. */
  List<String> required(String struct) {
    return members(struct, false);
  }

  /** All members. */
  List<String> known(String struct) {
    return members(struct, true);
  }

  private List<String> members(String struct, boolean optional) {
    List<String> members = new ArrayList<>();
    String line = lines.get(struct);
    if (line == null) {
      throw new IllegalArgumentException("no struct " + struct);
    }
    for (String part : line.split(",", -1)) {
      String member = part.strip();
      if (member.startsWith("+")) {
        members.addAll(members(member.substring(1), optional));
        continue;
      }
      String name = member.substring(0, member.indexOf(':'));
      if (!name.endsWith("?")) {
        members.add(name);
      } else if (optional) {
        members.add(name.substring(0, name.length() - 1));
      }
    }
    return members;
  }
}
