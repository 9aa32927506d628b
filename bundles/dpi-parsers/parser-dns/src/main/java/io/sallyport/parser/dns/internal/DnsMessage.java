/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import org.jspecify.annotations.Nullable;

/**
 * One DNS message in a window of bytes (RFC 1035), of which the end may not have come: tells
 * whether it is one, and reads it.
 */
final class DnsMessage {
  /** Records of a message that are looked at. */
  private static final int RECORDS = 64;

  /** Of ten points that a damaged message can have. */
  private static final int CERTAIN = 7;

  private static final int POSSIBLE = 4;

  private final Bytes data;
  private final int from;
  private final int end;
  private final Header header;
  private final StringBuilder name = new StringBuilder();
  private boolean dnscrypt;

  /**
   * A message.
   *
   * @param from where it begins
   * @param length how long it is, by what carries it
   */
  DnsMessage(Bytes data, int from, int length) {
    this.data = data;
    this.from = from;
    this.end = from + length;
    this.header = Header.read(data, from);
  }

  /** Whether this is a DNS message; MORE when too little of it has come to tell. */
  Match check() {
    if (data.length() - from < Header.LENGTH) {
      return end - from < Header.LENGTH ? Match.NO : Match.MORE;
    }
    if (!header.plausible(end - from)) {
      return Match.NO;
    }
    int at = from + Header.LENGTH;
    for (int i = 0; i < header.questions(); i++) {
      name.setLength(0);
      int behind = Names.read(data, from, at, end, name);
      if (behind < 0 || behind + 4 > data.length()) {
        return behind == Names.INVALID || data.length() >= end ? Match.NO : Match.MORE;
      }
      if (netbios(at)
          || !RecordType.plausible(data.u16(behind))
          || !RecordType.plausibleClass(data.u16(behind + 2))) {
        return Match.NO;
      }
      at = behind + 4;
    }
    return checkRecords(at);
  }

  /**
   * The same for a datagram, in which a field or two may be damaged: then it is DNS if nearly all
   * the others are as usual, and may be if some are, as the next one may be whole.
   */
  Match checkDamaged() {
    Match match = check();
    if (match != Match.NO || netbios(from + Header.LENGTH)) {
      return match;
    }
    if (end - from < Header.LENGTH) {
      return data.u16(from + 4) == 1 ? Match.MORE : Match.NO; // cut short
    }
    if (header.typical()) {
      return Match.YES;
    }
    int points = header.usual() + questionPoints();
    return points >= CERTAIN ? Match.YES : points >= POSSIBLE ? Match.MORE : Match.NO;
  }

  /** How much of the question is as usual; at most 4. */
  private int questionPoints() {
    name.setLength(0);
    int behind = Names.read(data, from, from + Header.LENGTH, end, name);
    int points = 0;
    if (behind > 0 && name.length() > 1) {
      points += name.indexOf("?") < 0 ? 2 : 1;
    } else {
      behind = end - 4; // where a query's type and class are, whatever came before
    }
    int type = data.u16(behind);
    points += type > 0 && type <= RecordType.CAA && RecordType.plausible(type) ? 1 : 0;
    return points + (data.u16(behind + 2) == 1 ? 1 : 0);
  }

  /** Whether it brings a certificate of DNSCrypt, which is another protocol from then on. */
  boolean dnscrypt() {
    return dnscrypt;
  }

  /** Reads it; null when it breaks the rules. */
  @Nullable Message read() {
    if (check() != Match.YES) {
      return null;
    }
    Message message = header.response() ? Message.response() : Message.request();
    if (header.opcode() != 0) {
      message.with("opcode", RecordType.opcode(header.opcode()));
    }
    int at = from + Header.LENGTH;
    for (int i = 0; i < header.questions(); i++) {
      name.setLength(0);
      at = Names.read(data, from, at, end, name);
      if (i == 0) {
        message.with("query", name.toString()).with("type", RecordType.name(data.u16(at)));
      }
      at += 4;
    }
    if (header.response()) {
      message.with("rcode", RecordType.rcode(header.rcode()));
      int behind = records(message, "answer", at, header.answers());
      if (behind > 0 && header.answers() == 0) {
        records(message, "authority", behind, header.authorities());
      }
    }
    return message;
  }

  private Match checkRecords(int start) {
    int at = start;
    int count = Math.min(header.records(), RECORDS);
    for (int i = 0; i < count; i++) {
      name.setLength(0);
      int behind = Names.read(data, from, at, end, name);
      if (behind == Names.INVALID) {
        return Match.NO;
      }
      int length = behind < 0 ? -1 : data.u16(behind + 8);
      if (length < 0) {
        // Questions alone are not proof enough unless the rest is on its way.
        return data.length() < end || header.truncated() || i > 0 ? Match.YES : Match.NO;
      }
      int type = data.u16(behind);
      if (!RecordType.plausible(type)
          || (type != RecordType.OPT && !RecordType.plausibleClass(data.u16(behind + 2)))) {
        return Match.NO;
      }
      at = behind + 10 + length;
      if (at > end) {
        return header.truncated() ? Match.YES : Match.NO;
      }
    }
    // Bytes behind the last record: some pad or sign there, but a bare answer has nothing to add.
    return at < end && header.records() == 0 && header.response() ? Match.NO : Match.YES;
  }

  /** Adds what records say; answers where they end, -1 when they are cut. */
  private int records(Message message, String field, int start, int count) {
    int at = start;
    for (int i = 0; i < Math.min(count, RECORDS); i++) {
      name.setLength(0);
      int behind = Names.read(data, from, at, end, name);
      int length = behind < 0 ? -1 : data.u16(behind + 8);
      if (length < 0 || behind + 10 + length > Math.min(end, data.length())) {
        return -1;
      }
      message.with(field, value(data.u16(behind), behind + 10, length));
      at = behind + 10 + length;
    }
    return at;
  }

  private @Nullable String value(int type, int at, int length) {
    return switch (type) {
      case RecordType.A -> length == 4 ? address(at, length) : null;
      case RecordType.AAAA -> length == 16 ? address(at, length) : null;
      case RecordType.CNAME, RecordType.NS, RecordType.PTR, RecordType.DNAME, RecordType.SOA ->
          nameAt(at);
      case RecordType.MX -> nameAt(at + 2);
      case RecordType.SRV -> nameAt(at + 6) + ":" + data.u16(at + 4);
      case RecordType.TXT -> text(at, length);
      default -> null;
    };
  }

  private @Nullable String text(int at, int length) {
    dnscrypt |= data.at(at + 1, "DNSC");
    return length > 0 ? data.text(at + 1, at + 1 + Math.min(data.u8(at), length - 1)) : null;
  }

  private String address(int at, int length) {
    return IpAddress.of(data.copy(at, at + length)).toString();
  }

  private @Nullable String nameAt(int at) {
    name.setLength(0);
    return Names.read(data, from, at, end, name) < 0 ? null : name.toString();
  }

  /** The name service of NetBIOS has the same format; its names are 32 letters from A to P. */
  private boolean netbios(int at) {
    if (data.u8(at) != 32) {
      return false;
    }
    for (int i = 1; i <= 32; i++) {
      int c = data.u8(at + i);
      if (c < 'A' || c > 'P') {
        return false;
      }
    }
    return true;
  }
}
