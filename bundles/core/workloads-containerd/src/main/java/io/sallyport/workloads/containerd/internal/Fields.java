/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.containerd.internal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one Protocol Buffers message, by number. Fields of other wire types are skipped.
 */
final class Fields {
  private final Map<Integer, List<byte[]>> blobs = new HashMap<>();
  private final Map<Integer, Long> numbers = new HashMap<>();

  /**
   * Reads a message.
   *
   * @throws IOException when it is malformed
   */
  static Fields of(byte[] message) throws IOException {
    Fields fields = new Fields();
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            fields.blobs.computeIfAbsent(number, n -> new ArrayList<>()).add(in.readByteArray());
        case WireFormat.WIRETYPE_VARINT -> fields.numbers.put(number, in.readRawVarint64());
        default -> in.skipField(tag);
      }
    }
    return fields;
  }

  /** A message with one string field; empty strings are left out, as is usual. */
  static byte[] message(int number, String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      if (!value.isEmpty()) {
        out.writeString(number, value);
      }
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  String text(int number) {
    List<byte[]> values = blobs.getOrDefault(number, List.of());
    return values.isEmpty()
        ? ""
        : new String(values.getLast(), java.nio.charset.StandardCharsets.UTF_8);
  }

  long number(int number) {
    return numbers.getOrDefault(number, 0L);
  }

  /** An embedded message; empty where there is none. */
  Fields message(int number) throws IOException {
    List<byte[]> values = blobs.getOrDefault(number, List.of());
    return values.isEmpty() ? new Fields() : of(values.getLast());
  }

  /** A repeated embedded message. */
  List<Fields> messages(int number) throws IOException {
    List<Fields> messages = new ArrayList<>();
    for (byte[] value : blobs.getOrDefault(number, List.of())) {
      messages.add(of(value));
    }
    return messages;
  }

  /** A map from string to string. */
  Map<String, String> map(int number) throws IOException {
    Map<String, String> map = new HashMap<>();
    for (Fields entry : messages(number)) {
      map.put(entry.text(1), entry.text(2));
    }
    return map;
  }
}
