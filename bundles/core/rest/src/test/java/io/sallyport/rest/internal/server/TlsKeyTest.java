/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeyTest {
  @TempDir private Path directory;

  @Test
  void keyIsMadeOnceForThisHostAndItsOwnerAlone() throws Exception {
    TlsKey key = new TlsKey(directory.resolve("tls"));
    key.provide();
    X509Certificate certificate = certificate(key);

    assertThat(certificate.getPublicKey()).isInstanceOf(ECPublicKey.class);
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .contains("localhost", "127.0.0.1");
    assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()).toDays())
        .isBetween(823L, 826L);
    for (String file : List.of("server.p12", "server.password")) {
      Path path = directory.resolve("tls").resolve(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }

    key.provide();
    assertThat(certificate(key)).isEqualTo(certificate);
  }

  @Test
  void damagedKeystoreIsAClearErrorAndLeftAlone() throws Exception {
    Files.writeString(directory.resolve("server.p12"), "damaged");
    Files.writeString(directory.resolve("server.password"), "secret");

    assertThatThrownBy(new TlsKey(directory)::provide).hasMessageContaining(directory.toString());
    assertThat(directory.resolve("server.p12")).hasContent("damaged");
  }

  @Test
  void httpServiceGetsTls13AloneAndNoPlainPort() {
    TlsKey key = new TlsKey(directory);
    key.provide();
    assertThat(HttpsSettings.properties("", 10443, key))
        .containsEntry("org.apache.felix.http.enable", false)
        .containsEntry("org.apache.felix.https.enable", true)
        .containsEntry("org.osgi.service.http.port.secure", 10443)
        .containsEntry("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.3"})
        .doesNotContainKey("org.apache.felix.http.host");
    assertThat(HttpsSettings.properties("127.0.0.1", 10443, key))
        .containsEntry("org.apache.felix.http.host", "127.0.0.1");
  }

  private static X509Certificate certificate(TlsKey key) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(key.keystore())) {
      store.load(in, key.password().toCharArray());
    }
    assertThat(store.isKeyEntry("sallyport")).isTrue();
    return (X509Certificate) store.getCertificate("sallyport");
  }
}
