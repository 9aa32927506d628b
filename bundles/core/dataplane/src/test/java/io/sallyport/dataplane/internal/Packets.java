/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Packets made byte by byte, from the inside out. */
final class Packets {
  private Packets() {}

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] ethernet(int type, byte[] payload) {
    return join(new byte[12], u16(type), payload);
  }

  static byte[] vlan(int id, int type, byte[] payload) {
    return join(u16(id), u16(type), payload);
  }

  static byte[] ipv4(String from, String to, int protocol, byte[] payload) {
    return ipv4(from, to, protocol, 0, 0, payload);
  }

  static byte[] ipv4(
      String from, String to, int protocol, int id, int flagsAndOffset, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .put((byte) 0x45)
        .put((byte) 0)
        .putShort((short) (20 + payload.length))
        .putShort((short) id)
        .putShort((short) flagsAndOffset)
        .put((byte) 64)
        .put((byte) protocol)
        .putShort((short) 0)
        .put(address(from))
        .put(address(to))
        .put(payload)
        .array();
  }

  static byte[] ipv6(String from, String to, int next, byte[] payload) {
    return ByteBuffer.allocate(40 + payload.length)
        .putInt(0x60000000)
        .putShort((short) payload.length)
        .put((byte) next)
        .put((byte) 64)
        .put(address(from))
        .put(address(to))
        .put(payload)
        .array();
  }

  static byte[] udp(int from, int to, byte[] payload) {
    return join(u16(from), u16(to), u16(8 + payload.length), u16(0), payload);
  }

  static byte[] tcp(int from, int to, int sequence, int acknowledgement, int flags, byte[] data) {
    return ByteBuffer.allocate(20 + data.length)
        .putShort((short) from)
        .putShort((short) to)
        .putInt(sequence)
        .putInt(acknowledgement)
        .put((byte) 0x50)
        .put((byte) flags)
        .putShort((short) 0xffff)
        .putInt(0)
        .put(data)
        .array();
  }

  static byte[] vxlan(byte[] frame) {
    return join(bytes(8, 0, 0, 0, 0, 0, 42, 0), frame);
  }

  static byte[] u16(int value) {
    return bytes(value >> 8, value);
  }

  private static byte[] address(String text) {
    return InetAddress.ofLiteral(text).getAddress();
  }
}
