/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.HomeDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does not change about this host while it runs.
 *
 * @param id stable across restarts
 * @param name the host's name
 * @param kernel the kernel's release
 * @param os the distribution's name
 * @param cpus processors
 * @param memory bytes
 */
record NodeFacts(String id, String name, String kernel, String os, int cpus, long memory) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFacts.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern PRETTY_NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\n]*)");
  private static final Pattern MEM_TOTAL = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB");
  private static final int ID_LENGTH = 32;

  /** Reads them; the id from {@code home/node-id}, where it is written if it is not there yet. */
  static NodeFacts read(Path home) {
    return new NodeFacts(
        id(home, Path.of("/etc/machine-id")),
        hostname(),
        text(Path.of("/proc/sys/kernel/osrelease")).strip(),
        find(PRETTY_NAME, text(Path.of("/etc/os-release"))),
        Runtime.getRuntime().availableProcessors(),
        totalMemory());
  }

  /**
   * The id in the file; else one that follows from the machine's and the place of the file, so that
   * it is the same again where the file does not outlive a restart.
   */
  static String id(Path home, Path machineId) {
    Path file = home.resolve("node-id");
    String kept = text(file).strip();
    if (ID.matcher(kept).matches()) {
      return kept;
    }
    String machine = text(machineId).strip();
    String id =
        machine.isEmpty()
            ? UUID.randomUUID().toString().replace("-", "")
            : digest("io.sallyport.node " + machine + " " + home.toAbsolutePath().normalize());
    try {
      HomeDirectory.writePrivately(file, (id + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("The node's id cannot be kept in {}: {}", file, e.toString());
    }
    return id;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static long totalMemory() {
    String kilobytes = find(MEM_TOTAL, text(Path.of("/proc/meminfo")));
    return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) * 1024;
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String hostname() {
    String name = text(Path.of("/proc/sys/kernel/hostname")).strip();
    return name.isEmpty() ? "localhost" : name;
  }

  private static String text(Path path) {
    try {
      return Files.isReadable(path) ? Files.readString(path) : "";
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} cannot be read", path, e);
      return "";
    }
  }
}
