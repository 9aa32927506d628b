/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One JSON object a line and flow (RFC 8259). */
final class JsonWriter implements FlowWriter {
  private static final String HEX = "0123456789abcdef";
  private static final String REPLACEMENT = "\\ufffd";

  private final Output out;
  private final StringBuilder text;
  private String prefix = "";

  JsonWriter(Output out) {
    this.out = out;
    this.text = out.text();
  }

  @Override
  public void begin(String file) {
    StringBuilder head = new StringBuilder("{\"file\":");
    string(head, file);
    prefix = head.append(",\"protocol\":").toString();
  }

  @Override
  public void flow(FlowRecord flow) {
    text.append(prefix);
    string(text, ProtocolNames.of(flow));
    endpoint("client", flow.client());
    endpoint("server", flow.server());
    text.append(",\"application\":");
    if (flow.application().known()) {
      string(text, flow.application().name());
    } else {
      text.append("null");
    }
    text.append(",\"packets\":").append(flow.packets());
    text.append(",\"bytes\":").append(flow.bytes());
    text.append(",\"attributes\":{");
    if (!flow.attributes().isEmpty()) {
      attributes(flow.attributes());
    }
    text.append("}}\n");
    out.written();
  }

  @Override
  public void end(Summary summary) throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  private void endpoint(String name, Endpoint endpoint) {
    text.append(",\"").append(name).append("\":\"").append(endpoint.address()).append('"');
    text.append(",\"").append(name).append("_port\":").append(endpoint.port());
  }

  private void attributes(Map<String, List<String>> attributes) {
    boolean first = true;
    for (Map.Entry<String, List<String>> attribute : attributes.entrySet()) {
      if (!first) {
        text.append(',');
      }
      first = false;
      string(text, attribute.getKey());
      text.append(':');
      List<String> values = attribute.getValue();
      if (values.size() == 1) {
        string(text, values.getFirst());
      } else {
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
          if (i > 0) {
            text.append(',');
          }
          string(text, values.get(i));
        }
        text.append(']');
      }
    }
  }

  /** A string in quotes; what is no character, half of a surrogate pair, becomes U+FFFD. */
  static void string(StringBuilder to, String value) {
    to.append('"');
    int length = value.length();
    int plain = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
        continue;
      }
      to.append(value, plain, i);
      plain = i + 1;
      escape(to, c);
    }
    to.append(value, plain, length).append('"');
  }

  private static void escape(StringBuilder to, char c) {
    switch (c) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case '\b' -> to.append("\\b");
      case '\f' -> to.append("\\f");
      default -> {
        if (c < 0x20) {
          to.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          to.append(REPLACEMENT);
        }
      }
    }
  }
}
