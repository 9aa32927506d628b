/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of server answers a real client in a network of their own. */
@ExtendWith(HarnessExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServersTest {
  private final Lab lab;
  private final Client client;

  ServersTest(Lab lab) {
    this.lab = lab;
    this.client = lab.client();
  }

  @BeforeAll
  void clientRuns() {
    assertThat(client.container().alive()).isTrue();
  }

  @Test
  void http() {
    Server server = lab.server(ServerKind.HTTP);
    assertThat(client.http(server, "/").orThrow().out()).isEqualTo("hello\n");
  }

  @Test
  void tls() {
    Server server = lab.server(ServerKind.TLS);
    assertThat(client.https(server, "web.example", "/").orThrow().out()).isEqualTo("hello\n");
    assertThat(client.tls(server, "-tls1_2").orThrow().out()).contains("CN = web.example");
  }

  @Test
  void postgresql() {
    Server server = lab.server(ServerKind.POSTGRESQL);
    assertThat(client.postgresql(server, "SELECT 6 * 7").orThrow().out()).isEqualTo("42\n");
  }

  @Test
  void redis() {
    Server server = lab.server(ServerKind.REDIS);
    assertThat(client.redis(server, "SET", "a", "b").orThrow().out()).isEqualTo("OK\n");
  }

  @Test
  void mysql() {
    Server server = lab.server(ServerKind.MYSQL);
    assertThat(client.mysql(server, "SELECT 6 * 7").orThrow().out()).isEqualTo("42\n");
  }

  @Test
  void memcached() {
    Server server = lab.server(ServerKind.MEMCACHED);
    assertThat(client.memcached(server, "version").orThrow().out()).startsWith("VERSION ");
  }

  @Test
  void ssh() {
    Server server = lab.server(ServerKind.SSH);
    assertThat(client.ssh(server, "echo there").orThrow().out()).isEqualTo("there\n");
  }

  @Test
  void dns() {
    Server server = lab.server(ServerKind.DNS);
    assertThat(client.dns(server, "web.example", "A").orThrow().out()).isEqualTo("192.0.2.80\n");
    assertThat(client.dns(server, "web.example", "AAAA").orThrow().out())
        .isEqualTo("2001:db8::80\n");
  }
}
