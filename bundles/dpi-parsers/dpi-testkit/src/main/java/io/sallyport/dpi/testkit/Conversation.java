/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client and a server say to each other, and what a parser should read from it. Never
 * changes; every method answers a new one.
 *
 * <pre>{@code
 * Conversation.tcp("get")
 *     .client("get color\r\n")
 *     .server("VALUE color 0 4\r\nblue\r\nEND\r\n")
 *     .request("command", "get", "key", "color")
 *     .expect("key", "color");
 * }</pre>
 *
 * <p>Text is sent as ISO 8859-1, one byte a character. The server's port is one that no protocol
 * uses, so that only the content can tell.
 */
public final class Conversation {
  private static final int NEUTRAL_PORT = 49_999;

  private final String name;
  private final Flow flow;
  private final List<Step> steps;
  private final Map<String, List<String>> attributes;
  private final List<Message> messages;

  private Conversation(
      String name,
      Flow flow,
      List<Step> steps,
      Map<String, List<String>> attributes,
      List<Message> messages) {
    this.name = name;
    this.flow = flow;
    this.steps = List.copyOf(steps);
    this.attributes = new LinkedHashMap<>(attributes);
    this.messages = List.copyOf(messages);
  }

  /** An empty conversation over TCP. */
  public static Conversation tcp(String name) {
    return of(name, flow(Transport.TCP, NEUTRAL_PORT), List.of());
  }

  /** An empty conversation over UDP; each step is one datagram. */
  public static Conversation udp(String name) {
    return of(name, flow(Transport.UDP, NEUTRAL_PORT), List.of());
  }

  /** A conversation that was recorded. */
  public static Conversation of(String name, Flow flow, List<Step> steps) {
    return new Conversation(name, flow, steps, Map.of(), List.of());
  }

  /** The same to another server port, for a protocol that cannot be told apart without it. */
  public Conversation port(int serverPort) {
    return new Conversation(name, flow(flow.transport(), serverPort), steps, attributes, messages);
  }

  /** The same as seen by somebody who came late, and guesses who is the client. */
  public Conversation midStream() {
    Flow late =
        new Flow(
            flow.transport(),
            flow.client(),
            flow.clientPort(),
            flow.server(),
            flow.serverPort(),
            true);
    return new Conversation(name, late, steps, attributes, messages);
  }

  /** The same endpoints and expectations with other steps. */
  public Conversation steps(List<Step> others) {
    return new Conversation(name, flow, others, attributes, messages);
  }

  /** The client sends text. */
  public Conversation client(String text) {
    return client(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The client sends bytes. */
  public Conversation client(byte... bytes) {
    return plus(Step.data(Direction.TO_SERVER, bytes));
  }

  /** The client sends bytes in hexadecimal; blanks are ignored. */
  public Conversation clientHex(String hex) {
    return client(hex(hex));
  }

  /** The server sends text. */
  public Conversation server(String text) {
    return server(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The server sends bytes. */
  public Conversation server(byte... bytes) {
    return plus(Step.data(Direction.TO_CLIENT, bytes));
  }

  /** The server sends bytes in hexadecimal; blanks are ignored. */
  public Conversation serverHex(String hex) {
    return server(hex(hex));
  }

  /** Expects an attribute with exactly these values, in this order. */
  public Conversation expect(String attribute, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(attributes);
    more.put(attribute, List.of(values));
    return new Conversation(name, flow, steps, more, messages);
  }

  /** Expects that the next message is a request with these fields, names and values in turn. */
  public Conversation request(String... fields) {
    return plus(Message.request(), fields);
  }

  /** Expects that the next message is a response with these fields, names and values in turn. */
  public Conversation response(String... fields) {
    return plus(Message.response(), fields);
  }

  /** Expects that the next message is a notice with these fields, names and values in turn. */
  public Conversation notice(String... fields) {
    return plus(Message.notice(), fields);
  }

  /** What it is called in a failure. */
  public String name() {
    return name;
  }

  /** Its endpoints. */
  public Flow flow() {
    return flow;
  }

  /** Its steps. */
  public List<Step> steps() {
    return steps;
  }

  /** The attributes that must be read from it; there may be others. */
  public Map<String, List<String>> attributes() {
    return attributes;
  }

  /** The messages that must be read from it, with fields that must be in them; empty: not told. */
  public List<Message> messages() {
    return messages;
  }

  @Override
  public String toString() {
    return name;
  }

  private Conversation plus(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Conversation(name, flow, more, attributes, messages);
  }

  private Conversation plus(Message message, String... fields) {
    if (fields.length % 2 != 0) {
      throw new IllegalArgumentException("names and values in turn, please: " + List.of(fields));
    }
    for (int i = 0; i < fields.length; i += 2) {
      message.with(fields[i], fields[i + 1]);
    }
    List<Message> more = new ArrayList<>(messages);
    more.add(message);
    return new Conversation(name, flow, steps, attributes, more);
  }

  private static Flow flow(Transport transport, int serverPort) {
    return new Flow(
        transport,
        IpAddress.parse("192.0.2.1"),
        50_001,
        IpAddress.parse("192.0.2.2"),
        serverPort,
        false);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
