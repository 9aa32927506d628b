/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rules of one capture: an nftables table of its own, so that others' rules are neither read
 * nor touched. It lets every packet pass and sends copies of some to an NFLOG group.
 *
 * <p>A packet that arrives is taken before its addresses are translated, one that leaves after
 * that, so it looks as it does on the wire. What goes through the loopback is taken where it
 * arrives, what is forwarded too: each once. As the rules ask for bytes of connections, the kernel
 * tracks and counts connections there from then on (nf_conntrack_acct).
 *
 * @param name the table's name
 * @param group the NFLOG group
 */
record Ruleset(String name, int group) {
  private static final String PREFIX = "sallyport_capture_";
  private static final Pattern LISTED =
      Pattern.compile("^table inet (" + PREFIX + "(\\d{1,5})_\\w+)\\s*$", Pattern.MULTILINE);

  /**
   * Connection tracking has counted a packet by the time that it is taken, so the packet's own
   * length stands between what was before it and the sum; by its class of length the limit is that
   * much higher. Otherwise a first packet of 64 KiB, usual on the loopback, would be left out.
   */
  private static final List<Lengths> LENGTHS =
      List.of(new Lengths(0, 2_048), new Lengths(2_049, 65_575), new Lengths(65_576, 1 << 19));

  /** Beyond the largest number that a sum of bytes reaches, and far from an overflow. */
  private static final long EVERYTHING = 1L << 60;

  private static final int MAX_LISTED = 64;

  /** The headers of a packet that is of interest for its flags only. */
  private static final int HEADERS = 128;

  /** A table name that nobody has had, as a capture that closes may still be removing its own. */
  static Ruleset fresh(int group) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return new Ruleset(PREFIX + group + "_" + unique, group);
  }

  /**
   * Our tables among those that {@code nft list tables} names; a container that makes many by such
   * names does not keep us busy for ever.
   */
  static List<Ruleset> listed(String tables) {
    return LISTED
        .matcher(tables)
        .results()
        .limit(MAX_LISTED)
        .map(found -> new Ruleset(found.group(1), Integer.parseInt(found.group(2))))
        .toList();
  }

  /** What nft reads to remove the table; no error if it has gone. */
  String removal() {
    return "add table inet " + name + "\ndelete table inet " + name + "\n";
  }

  /** What nft reads to make the table, which begins to log at once. */
  String text(long fullBytes) {
    return """
        table inet %s {
          chain first_bytes {
        %s
            ct state invalid,untracked log group %d return
            tcp flags & (fin|syn|rst) != 0 log group %d snaplen %d
          }
          chain arriving {
            type filter hook prerouting priority -190; policy accept;
            jump first_bytes
          }
          chain leaving {
            type filter hook postrouting priority 110; policy accept;
            oif "lo" return
            iif 0 goto first_bytes
            meta skuid >= 0 goto first_bytes
          }
        }
        """
        .formatted(name, limits(fullBytes), group, group, HEADERS);
  }

  private String limits(long fullBytes) {
    long limit = Math.min(fullBytes, EVERYTHING);
    return LENGTHS.stream()
        .map(
            lengths ->
                "    meta length %d-%d ct bytes < %d log group %d return"
                    .formatted(lengths.from(), lengths.to(), limit + lengths.to(), group))
        .collect(Collectors.joining("\n"));
  }

  /** Lengths of packets, both ends included. */
  private record Lengths(int from, int to) {}
}
