/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A third party's parser, packed into a jar by the test. */
  public static final class ShoutParser implements ProtocolParser {
    /** Made by reflection. */
    public ShoutParser() {}

    @Override
    public Application application() {
      return new Application(4999, "Shout");
    }

    @Override
    public Set<Transport> transports() {
      return Set.of(Transport.UDP);
    }

    @Override
    public Match identify(Flow flow, Direction direction, io.sallyport.api.dpi.Bytes head) {
      return head.startsWith("SHOUT ") ? Match.YES : Match.NO;
    }

    @Override
    public Session open(Flow flow, Sink sink) {
      return (direction, data) -> {
        sink.message(
            direction,
            Message.notice().with("words", data.text(6, data.length())).with("tone", "loud"));
        return Progress.DONE;
      };
    }
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Main(new Output(out), stream).run(List.of(arguments));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path capture(String name, String... datagrams) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65535);
    file.putInt(101);
    for (String datagram : datagrams) {
      byte[] data = datagram.getBytes(StandardCharsets.UTF_8);
      int length = 28 + data.length;
      file.putInt(1).putInt(0).putInt(length).putInt(length).order(ByteOrder.BIG_ENDIAN);
      file.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
      file.put((byte) 64).put((byte) 17).putShort((short) 0);
      file.put(InetAddress.ofLiteral("10.0.0.1").getAddress());
      file.put(InetAddress.ofLiteral("10.0.0.2").getAddress());
      file.putShort((short) 40000).putShort((short) 4999).putShort((short) (8 + data.length));
      file.putShort((short) 0).put(data).order(ByteOrder.LITTLE_ENDIAN);
    }
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return Files.write(folder.resolve(name), bytes);
  }

  private Path plugins(String className) throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-SymbolicName", "org.example.shout");
    attributes.putValue("Service-Component", "OSGI-INF/*.xml");
    String descriptor =
        "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.3.0' name='x'>"
            + "<implementation class='"
            + className
            + "'/><service><provide interface='"
            + ProtocolParser.class.getName()
            + "'/></service></scr:component>";
    Path jar = plugins.resolve("shout.jar");
    try (JarOutputStream content = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      content.putNextEntry(new JarEntry("OSGI-INF/shout.xml"));
      content.write(descriptor.getBytes(StandardCharsets.UTF_8));
      String path = ShoutParser.class.getName().replace('.', '/') + ".class";
      content.putNextEntry(new JarEntry(path));
      try (InputStream in = MainTest.class.getClassLoader().getResourceAsStream(path)) {
        assertThat(in).isNotNull();
        in.transferTo(content);
      }
    }
    return plugins;
  }

  @Test
  void printsOneObjectALineWithWhatAPluginRead() throws IOException {
    Path file = capture("a.pcap", "SHOUT \"hey\" \u00e9\u0001", "SHOUT again");
    String plugins = plugins(ShoutParser.class.getName()).toString();
    assertThat(run("-o", "json", "--plugins", plugins, file.toString())).isZero();
    assertThat(errors()).isEmpty();
    assertThat(output())
        .isEqualTo(
            "{\"file\":\""
                + file
                + "\",\"protocol\":\"UDP\",\"client\":\"10.0.0.1\",\"client_port\":40000,"
                + "\"server\":\"10.0.0.2\",\"server_port\":4999,\"application\":\"Shout\","
                + "\"packets\":2,\"bytes\":82,\"attributes\":{"
                + "\"words\":\"\\\"hey\\\" \u00e9.\",\"tone\":\"loud\"}}\n");
  }

  @Test
  void leavesOutNothingOfWhatItDoesNotKnow() throws IOException {
    assertThat(run("-o", "json", capture("a.pcap", "?").toString())).isZero();
    assertThat(output()).contains("\"application\":null").endsWith("\"attributes\":{}}\n");
  }

  @Test
  void goesOnBehindAnUnreadableFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no capture");
    Path absent = folder.resolve("absent.pcap");
    Path good = capture("a.pcap", "?");
    assertThat(run(text.toString(), absent.toString(), good.toString())).isEqualTo(1);
    assertThat(errors().lines())
        .containsExactly(
            "sallyport replay: " + text + " is no packet capture: neither pcap nor pcapng",
            "sallyport replay: " + absent + " does not exist");
    assertThat(output()).contains("10.0.0.1:40000").contains("1 file, 1 packets");
  }

  @Test
  void saysWhereAFileIsCutShort() throws IOException {
    Path file = capture("a.pcap", "one", "two");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(run("-o", "summary", file.toString())).isZero();
    assertThat(errors()).contains("cut short");
    assertThat(output()).startsWith("1 file, 1 packets");
  }

  @Test
  void saysWhichPluginCannotBeUsed() throws IOException {
    String plugins = plugins("org.example.Absent").toString();
    assertThat(run("--plugins", plugins, capture("a.pcap", "?").toString())).isEqualTo(1);
    assertThat(errors()).contains("shout.jar").contains("org.example.Absent");
    assertThat(output()).contains("10.0.0.1:40000");
  }

  @Test
  void explainsItself() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("-o", "xml", "f")).isEqualTo(2);
    assertThat(run("--what")).isEqualTo(2);
    assertThat(errors())
        .contains("no file is given", "unknown output xml", "unknown option --what");
    assertThat(errors()).contains(Options.USAGE);
  }

  @Test
  void writesEveryStringAsJson() {
    StringBuilder text = new StringBuilder();
    JsonWriter.string(text, "a\"b\\c\n\r\t\b\f\u0000\u001f\ud83d\ude00\ud800x\udc00");
    assertThat(text)
        .hasToString("\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0000\\u001f\ud83d\ude00\\ufffdx\\ufffd\"");
  }
}
