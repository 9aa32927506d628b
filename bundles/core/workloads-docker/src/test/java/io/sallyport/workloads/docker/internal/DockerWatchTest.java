/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.common.Transport;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSourceException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch against a scripted Engine API; the real dockerd is in the integration tests. */
class DockerWatchTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  @TempDir Path dir;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Container> containers = new LinkedBlockingQueue<>();

  private final ContainerListener listener =
      new ContainerListener() {
        @Override
        public void container(Container container) {
          told.add("container " + container.name());
          containers.add(container);
        }

        @Override
        public void gone(String containerId) {
          told.add("gone " + containerId);
        }

        @Override
        public void listed() {
          told.add("listed");
        }
      };

  private static String inspect(String name) {
    return """
        {"Id":"%s","Name":"/%s","Created":"2026-01-02T03:04:05.678Z","Image":"sha256:ff",
         "State":{"Running":true,"Pid":4711,"StartedAt":"2026-01-02T03:04:06Z"},
         "Config":{"Image":"nginx:1","Labels":{"com.docker.compose.project":"yelb"}},
         "NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},
           {"HostIp":"::","HostPort":"8080"}],"53/udp":null,"x":[{"HostPort":"y"}]}}}"""
        .formatted(ID, name);
  }

  private static String chunked(String... bodies) {
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (String body : bodies) {
      answer
          .append(Integer.toHexString(body.length()))
          .append(";x=y\r\n")
          .append(body)
          .append("\r\n");
    }
    return answer.append("0\r\n\r\n").toString();
  }

  private static String sized(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body + "junk";
  }

  /** Serves one answer a connection, chosen by the request line. */
  private Path serve(Function<String, String> answers) throws IOException {
    Path socket = dir.resolve("d.sock");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual()
        .start(
            () -> {
              try (server) {
                while (true) {
                  SocketChannel client = server.accept();
                  Thread.ofVirtual().start(() -> answer(client, answers));
                }
              } catch (IOException e) {
                told.add("server " + e);
              }
            });
    return socket;
  }

  private void answer(SocketChannel client, Function<String, String> answers) {
    try (client) {
      ByteBuffer request = ByteBuffer.allocate(4096);
      client.read(request);
      String line =
          new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII)
              .lines()
              .findFirst()
              .orElse("");
      client.write(ByteBuffer.wrap(answers.apply(line).getBytes(StandardCharsets.UTF_8)));
    } catch (ClosedChannelException e) {
      // The client was quicker.
    } catch (IOException e) {
      told.add("answer " + e);
    }
  }

  private void watch(Path socket) throws InterruptedException {
    new DockerWatch(new UnixHttp(socket), listener).run();
  }

  @Test
  void listsThenFollows() throws Exception {
    Path socket =
        serve(
            line -> {
              if (line.contains("/events")) {
                return chunked(
                    "{\"Type\":\"container\",\"Action\":\"exec_create: sh\",\"Actor\":{\"ID\":\"%s\"}}\n{\"Type\":\"container\",\"Act"
                        .formatted(ID),
                    "ion\":\"rename\",\"Actor\":{\"ID\":\"%s\"}}\n".formatted(ID),
                    "{\"Type\":\"network\",\"Action\":\"connect\",\"Actor\":{\"ID\":\"n\",\"Attributes\":{\"container\":\"%s\"}}}\n"
                        .formatted(ID),
                    "{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"%s\"}}\n"
                        .formatted(ID));
              }
              if (line.contains("/containers/json")) {
                return chunked("[{\"Id\":\"", ID, "\"},{\"Id\":\"vanished\"}]");
              }
              return line.contains(ID)
                  ? sized(inspect("web"))
                  : "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";
            });
    assertThatThrownBy(() -> watch(socket))
        .isInstanceOf(WorkloadSourceException.class)
        .hasMessageContaining("ended the stream");
    assertThat(told)
        .containsExactly(
            "container web",
            "gone vanished",
            "listed",
            "container web",
            "container web",
            "gone " + ID);
    Container container = containers.element();
    assertThat(container.image()).isEqualTo("nginx:1");
    assertThat(container.pid()).isEqualTo(4711);
    assertThat(container.labels()).containsEntry("com.docker.compose.project", "yelb");
    assertThat(container.publishedPorts()).hasSize(2);
    assertThat(container.publishedPorts().getFirst().transport()).isEqualTo(Transport.TCP);
    assertThat(container.publishedPorts().getFirst().hostAddress()).isNull();
    assertThat(container.publishedPorts().getFirst().hostPort()).isEqualTo(8080);
    assertThat(container.publishedPorts().getFirst().containerPort()).isEqualTo(80);
  }

  @Test
  void saysWhatIsWrongWithASocket() throws IOException {
    assertThatThrownBy(() -> watch(dir.resolve("none.sock")))
        .isInstanceOf(WorkloadSourceException.class)
        .hasMessageContaining("none.sock")
        .hasMessageContaining("no such socket");
    for (String nonsense :
        List.of(
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 two hundred\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
            "HTTP/1.1 500 Oops\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + "x: y\r\n".repeat(20_000),
            chunked("{]\n"),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
            "")) {
      java.nio.file.Files.deleteIfExists(dir.resolve("d.sock"));
      Path socket = serve(line -> line.contains("/events") ? nonsense : sized("[]"));
      assertThatThrownBy(() -> watch(socket))
          .as(nonsense)
          .isInstanceOf(WorkloadSourceException.class)
          .hasMessageContaining("d.sock");
    }
  }

  @Test
  void endsWhenInterrupted() throws Exception {
    BlockingQueue<String> hold = new LinkedBlockingQueue<>();
    Path socket =
        serve(
            line -> {
              if (!line.contains("/events")) {
                return sized("[]");
              }
              return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
            });
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    watch(socket);
                  } catch (InterruptedException e) {
                    hold.add("interrupted");
                  } catch (WorkloadSourceException e) {
                    hold.add("ended");
                  }
                });
    assertThat(told.take()).isEqualTo("listed");
    thread.interrupt();
    assertThat(hold.take()).isIn("interrupted", "ended");
  }
}
