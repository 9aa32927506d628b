/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.HomeDirectory;
import io.sallyport.api.common.SallyportException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's key with a certificate of its own signing, in a PKCS#12 file under a random
 * password; both for the owner alone. Made at the first start, and again before it expires: clients
 * trust no longer than {@link #DAYS} anyway.
 */
final class TlsKey {
  private static final Logger LOG = LoggerFactory.getLogger(TlsKey.class);
  private static final int DAYS = 825;
  private static final Duration RENEW_BEFORE = Duration.ofDays(60);
  private static final long KEYTOOL_SECONDS = 120;

  private final Path keystore;
  private final Path passwordFile;

  TlsKey(Path directory) {
    this.keystore = directory.resolve("server.p12");
    this.passwordFile = directory.resolve("server.password");
  }

  Path keystore() {
    return keystore;
  }

  /** The password of keystore and key. */
  String password() {
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw broken("cannot be read: " + e, e);
    }
  }

  /** Makes the key where there is none that will last. */
  void provide() {
    try {
      if (Files.exists(keystore) && Files.exists(passwordFile)) {
        Instant end = end();
        if (Instant.now().plus(RENEW_BEFORE).isBefore(end)) {
          return;
        }
        LOG.warn("The server's certificate ends on {}; a new one is made", end);
      }
      make();
    } catch (IOException | GeneralSecurityException e) {
      throw broken("cannot be made or read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw broken("was not made: interrupted", e);
    }
  }

  private Instant end() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, password().toCharArray());
    }
    for (String alias : java.util.Collections.list(store.aliases())) {
      if (store.getCertificate(alias) instanceof X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
      }
    }
    throw new GeneralSecurityException(keystore + " holds no certificate");
  }

  private void make() throws IOException, InterruptedException {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    HomeDirectory.writePrivately(passwordFile, (password + "\n").getBytes(StandardCharsets.UTF_8));
    Path beside = keystore.resolveSibling("server.p12.new");
    Files.deleteIfExists(beside);
    Set<String> names = names();
    keytool(beside, names);
    Files.setPosixFilePermissions(
        beside, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.move(
        beside, keystore, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    LOG.info("Made the server's key for {}, in {}", names, keystore);
  }

  private void keytool(Path file, Set<String> names) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "sallyport",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-validity",
            Integer.toString(DAYS),
            "-dname",
            "CN=Sallyport",
            "-ext",
            "san=" + String.join(",", names),
            "-ext",
            "eku=serverAuth",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            // Not on the command line, which everyone on the host can read.
            "-storepass:file",
            passwordFile.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool failed: " + said.strip());
    }
  }

  /** By what this host may be called, as keytool writes it. */
  private static Set<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>(List.of("dns:localhost"));
    try {
      String host = InetAddress.getLocalHost().getHostName();
      if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") && !host.matches("[0-9.]+")) {
        names.add("dns:" + host);
      }
    } catch (UnknownHostException e) {
      LOG.debug("This host's name is not known to its name service: {}", e.toString());
    }
    List<InetAddress> addresses = new ArrayList<>();
    NetworkInterface.networkInterfaces()
        .forEach(nic -> nic.inetAddresses().forEach(addresses::add));
    for (InetAddress address : addresses) {
      if (!address.isLinkLocalAddress()) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        names.add("ip:" + (zone < 0 ? text : text.substring(0, zone)));
      }
    }
    return names;
  }

  private SallyportException broken(String what, Exception cause) {
    return new SallyportException(
        ErrorCode.INTERNAL, "The server's key in " + keystore.getParent() + " " + what, cause);
  }
}
