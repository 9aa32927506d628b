/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.boot;

import static org.ops4j.pax.exam.CoreOptions.environment;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.container.remote.RBCRemoteTargetOptions.waitForRBCFor;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureSecurity;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** How a test starts a distribution: as bin/sallyport-node does, on ports of its own. */
final class Nodes {
  private static final int BOOT_MILLIS = 90_000;

  private Nodes() {}

  /**
   * @param distribution its folder's name below distribution/
   */
  static Option[] options(String distribution) {
    File archive =
        Path.of(property("distributions"), "distribution-" + distribution + ".tar.gz").toFile();
    Path workdir = Path.of(property("workdir"), distribution);
    Stream<Option> node =
        Stream.of(
            karafDistributionConfiguration()
                .frameworkUrl(archive.toURI().toString())
                .karafVersion(property("karaf.version"))
                .name(distribution)
                .unpackDirectory(workdir.toFile())
                .useDeployFolder(false),
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            configureSecurity().disableKarafMBeanServerBuilder(),
            doNotModifyLogConfiguration(),
            waitForRBCFor(BOOT_MILLIS),
            environment("SALLYPORT_HOME=" + workdir.resolve("home")),
            editConfigurationFilePut(
                "etc/org.apache.karaf.shell.cfg", "sshPort", Integer.toString(freePort())),
            editConfigurationFilePut(
                "etc/io.sallyport.rest.cfg", "port", Integer.toString(freePort())),
            // Where the test's own bundles are.
            editConfigurationFilePut(
                "etc/org.ops4j.pax.url.mvn.cfg",
                "org.ops4j.pax.url.mvn.defaultRepositories",
                "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots, "
                    + Path.of(property("maven.repository")).toUri()
                    + "@id=test@snapshots"),
            vmOption("-classpath"),
            vmOption("lib/boot/*" + File.pathSeparator + "lib/jdk9plus/*"));
    return Stream.concat(node, jvm()).toArray(Option[]::new);
  }

  private static Stream<Option> jvm() {
    return Stream.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED")
        .map(option -> vmOption(option));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("run this test by Maven, which sets " + name);
    }
    return value;
  }
}
