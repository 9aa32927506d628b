/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The TCP sockets that this process listens on, as the kernel tells them. */
final class Listeners {
  private static final String LISTEN = "0A";

  private Listeners() {}

  /** One listening socket. */
  record Listener(InetAddress address, int port) {}

  static List<Listener> ofThisProcess() throws IOException {
    Set<String> mine = socketsOfThisProcess();
    List<Listener> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      List<String> lines = Files.readAllLines(Path.of("/proc/self/net", table));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals(LISTEN) && mine.contains(fields[9])) {
          found.add(parse(fields[1]));
        }
      }
    }
    return found;
  }

  /** The address is in words of four bytes, each in the machine's order. */
  private static Listener parse(String local) throws IOException {
    int colon = local.indexOf(':');
    byte[] words = HexFormat.of().parseHex(local.substring(0, colon));
    ByteBuffer address = ByteBuffer.allocate(words.length);
    ByteBuffer in = ByteBuffer.wrap(words).order(ByteOrder.nativeOrder());
    while (in.hasRemaining()) {
      address.putInt(in.getInt());
    }
    return new Listener(
        InetAddress.getByAddress(address.array()),
        Integer.parseInt(local.substring(colon + 1), 16));
  }

  private static Set<String> socketsOfThisProcess() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        inodeOf(descriptor, inodes);
      }
    }
    return inodes;
  }

  private static void inodeOf(Path descriptor, Set<String> inodes) throws IOException {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith("socket:[")) {
        inodes.add(target.substring("socket:[".length(), target.length() - 1));
      }
    } catch (NoSuchFileException closedMeanwhile) {
      // Descriptors come and go while they are listed.
      return;
    }
  }
}
