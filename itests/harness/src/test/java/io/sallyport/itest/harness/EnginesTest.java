/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each engine runs a container, runs commands in it, and removes it. */
@ExtendWith(HarnessExtension.class)
class EnginesTest {

  @Test
  void dockerWithLabelsAndNames(Docker docker) {
    String network = docker.network();
    Container redis =
        docker.start(
            ContainerSpec.of("redis-server")
                .compose("shop", "store")
                .network(network)
                .option("--network-alias", "store"));
    try (Container shell =
        docker.start(ContainerSpec.of("client").network(network).env("COLOUR", "blue"))) {
      assertThat(redis.address()).startsWith("10.");
      assertThat(shell.exec("bash", "-c", "echo $COLOUR").orThrow().out()).isEqualTo("blue\n");
      assertThat(shell.exec("redis-cli", "-h", "store", "PING").orThrow().out())
          .isEqualTo("PONG\n");
    }
    assertThat(redis.log()).contains("Ready to accept connections");
    assertThat(docker.docker("inspect", "-f").with("{{json .Config.Labels}}", redis.id()).output())
        .contains("\"com.docker.compose.project\":\"shop\"");
    redis.close();
    assertThat(redis.alive()).isFalse();
    docker.docker("network", "rm", network).run().orThrow();
  }

  @Test
  void containerdInAMachineOfTheLab(Containerd containerd, Lab lab) {
    Host host = lab.host();
    Container redis =
        lab.container(containerd, ContainerSpec.of("redis-server").label("app", "shop").in(host));
    Client client = lab.client();
    Server server = new Server(ServerKind.REDIS, redis);
    Await.until("redis", Duration.ofSeconds(20), () -> client.redis(server, "PING").succeeded());
    assertThat(redis.exec("cat", "/proc/1/comm").orThrow().out()).isEqualTo("redis-server\n");
    assertThat(redis.log()).contains("Ready to accept connections");
    redis.close();
    assertThat(redis.alive()).isFalse();
  }

  @Test
  void runcWithItsOwnNetwork(Runc runc) {
    Container shell = runc.start(ContainerSpec.of("client").label("app", "shop"));
    assertThat(shell.exec("cat", "/proc/1/comm").orThrow().out()).isEqualTo("sleep\n");
    assertThat(shell.exec("touch", "/etc/written").succeeded()).isTrue();
    assertThat(shell.exec("false").exit()).isEqualTo(1);
    assertThat(Files.exists(shell.networkNamespace())).isTrue();
    shell.close();
    assertThat(shell.alive()).isFalse();
  }

  @Test
  void machinesSpeakBothInternetProtocols(Lab lab) {
    Host one = lab.host();
    Host two = lab.host();
    for (String address : new String[] {two.address(), two.address6()}) {
      assertThat(one.exec("ip", "route", "get", address).orThrow().out()).contains("dev eth0");
    }
    lab.close();
    assertThat(Path.of("/run/netns", one.name())).doesNotExist();
  }

  @Test
  void sayWhatIsWrong(Runc runc, Docker docker) {
    assertThatThrownBy(() -> runc.start(ContainerSpec.of("client").running("/no/such/program")))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("/no/such/program");
    assertThatThrownBy(() -> docker.start(ContainerSpec.of("no-such-image")))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("no image 'no-such-image'");
    assertThatThrownBy(() -> Command.of("bash", "-c", "echo oh >&2; exit 3").output())
        .hasMessageContaining("exited with 3: oh");
  }
}
