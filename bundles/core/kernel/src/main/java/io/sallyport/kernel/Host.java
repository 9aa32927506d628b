/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process may do, and what kernel it runs on. */
public final class Host {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
  private static final Path TYPES = Path.of("/sys/kernel/btf/vmlinux");
  private static final String EFFECTIVE = "CapEff:";
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private Host() {}

  /** The effective capabilities of this process, of those that {@link Capability} names. */
  public static Set<Capability> capabilities() {
    long bits =
        read(STATUS)
            .lines()
            .filter(line -> line.startsWith(EFFECTIVE))
            .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
            .findFirst()
            .orElse(0L);
    Set<Capability> held = EnumSet.noneOf(Capability.class);
    for (Capability capability : Capability.values()) {
      if ((bits >>> capability.number() & 1) != 0) {
        held.add(capability);
      }
    }
    return held;
  }

  /** The capabilities of those wanted that this process does not have; empty if it has all. */
  public static Set<Capability> missing(Capability first, Capability... others) {
    Set<Capability> missing = EnumSet.of(first, others);
    missing.removeAll(capabilities());
    return missing;
  }

  /** The kernel's release: {@code 6.1.0-18-amd64}. */
  public static String release() {
    return read(RELEASE).strip();
  }

  /** Whether the kernel is of this version or later. */
  public static boolean atLeast(int major, int minor) {
    Matcher version = VERSION.matcher(release());
    if (!version.matches()) {
      return false;
    }
    int difference = Integer.compare(Integer.parseInt(version.group(1)), major);
    return difference > 0 || (difference == 0 && Integer.parseInt(version.group(2)) >= minor);
  }

  /** Whether the kernel describes its types (BTF), which portable BPF programs need. */
  public static boolean describesTypes() {
    return Files.exists(TYPES);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
