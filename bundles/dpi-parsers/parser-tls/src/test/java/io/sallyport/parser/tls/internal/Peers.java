/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.dpi.testkit.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** A client and a server of the JDK's, in memory. */
final class Peers {
  private static final int BUFFER = 1 << 16;
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Peers() {}

  /** What both say until the handshake is over. */
  static Conversation handshake(String version) {
    try {
      SSLContext context = context();
      SSLEngine client = context.createSSLEngine("shop.example", 443);
      client.setUseClientMode(true);
      SSLEngine server = context.createSSLEngine();
      server.setUseClientMode(false);
      SSLParameters parameters = client.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      parameters.setProtocols(new String[] {version});
      client.setSSLParameters(parameters);
      SSLParameters chosen = server.getSSLParameters();
      chosen.setApplicationProtocols(new String[] {"h2"});
      server.setSSLParameters(chosen);
      Conversation conversation = Conversation.tcp("JDK's " + version);
      client.beginHandshake();
      server.beginHandshake();
      for (int round = 0; round < 4; round++) {
        byte[] said = say(client);
        conversation = said.length == 0 ? conversation : conversation.client(said);
        hear(server, said);
        byte[] answered = say(server);
        conversation = answered.length == 0 ? conversation : conversation.server(answered);
        hear(client, answered);
      }
      return conversation;
    } catch (GeneralSecurityException | IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] say(SSLEngine engine) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BUFFER);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
      runTasks(engine);
    }
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private static void hear(SSLEngine engine, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteBuffer plain = ByteBuffer.allocate(BUFFER);
    // It takes nothing while it has something to say itself.
    for (int taken = 1; taken > 0 && in.hasRemaining(); ) {
      taken = engine.unwrap(in, plain).bytesConsumed();
      runTasks(engine);
    }
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** A self-signed certificate by the JDK's keytool, trusted by both. */
  private static SSLContext context()
      throws GeneralSecurityException, IOException, InterruptedException {
    Path dir = Files.createTempDirectory("tls");
    Path file = dir.resolve("keys.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "x",
                  "-keyalg",
                  "RSA",
                  "-dname",
                  "CN=shop.example, O=Shop",
                  "-ext",
                  "san=dns:shop.example,dns:www.shop.example",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  new String(PASSWORD),
                  "-validity",
                  "365")
              .redirectErrorStream(true)
              .start();
      byte[] said = keytool.getInputStream().readAllBytes();
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool has failed with " + said.length + " bytes of output");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("x", store.getCertificate("x"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(dir);
    }
  }
}
