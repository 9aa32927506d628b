/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.HomeDirectory;
import io.sallyport.api.common.SallyportException;
import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the HTTP service listen: with TLS 1.3 alone, and once there is a key. Until then it must
 * not listen at all, for which the framework property {@code
 * org.apache.felix.http.require.config=true} is set in the distribution.
 */
@Component(service = HttpsSettings.class, immediate = true, configurationPid = "io.sallyport.rest")
public final class HttpsSettings {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsSettings.class);
  private static final String PID = "org.apache.felix.http";
  private static final String HOST = "org.apache.felix.http.host";
  private static final int MAX_PORT = 65_535;

  /** etc/io.sallyport.rest.cfg. */
  @interface Settings {
    /** Where to listen. */
    int port() default 10443;

    /** On which address; empty for all of them. */
    String host() default "";
  }

  /** Makes the key if need be, and configures the service. */
  @Activate
  public HttpsSettings(@Reference ConfigurationAdmin admin, Settings settings) throws IOException {
    if (settings.port() < 1 || settings.port() > MAX_PORT) {
      throw new SallyportException(
          ErrorCode.INVALID_REQUEST,
          "etc/io.sallyport.rest.cfg: port must be between 1 and 65535, not " + settings.port(),
          "port",
          null);
    }
    TlsKey key = new TlsKey(HomeDirectory.path().resolve("tls"));
    key.provide();
    Map<String, Object> wanted = properties(settings.host(), settings.port(), key);
    Configuration configuration = admin.getConfiguration(PID, "?");
    if (!same(configuration.getProperties(), wanted)) {
      configuration.update(FrameworkUtil.asDictionary(wanted));
      LOG.info(
          "Listening on {} port {} with TLS 1.3",
          settings.host().isEmpty() ? "all addresses," : settings.host() + ",",
          settings.port());
    }
  }

  static Map<String, Object> properties(String host, int port, TlsKey key) {
    Map<String, Object> properties = new HashMap<>();
    if (!host.isEmpty()) {
      properties.put(HOST, host);
    }
    properties.put("org.apache.felix.http.enable", false);
    properties.put("org.apache.felix.https.enable", true);
    properties.put("org.osgi.service.http.port.secure", port);
    properties.put("org.apache.felix.https.keystore", key.keystore().toString());
    properties.put("org.apache.felix.https.keystore.type", "PKCS12");
    properties.put("org.apache.felix.https.keystore.password", key.password());
    properties.put("org.apache.felix.https.keystore.key.password", key.password());
    properties.put("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.3"});
    // Clients of NeuVector's write doubled slashes, which Jetty refuses otherwise.
    properties.put("org.eclipse.jetty.UriComplianceMode", "LEGACY");
    return properties;
  }

  /** Whether all that is wanted stands there; an update for nothing would restart the server. */
  private static boolean same(
      @Nullable Dictionary<String, Object> present, Map<String, Object> wanted) {
    if (present == null || (present.get(HOST) == null) != (wanted.get(HOST) == null)) {
      return false;
    }
    for (Map.Entry<String, Object> each : wanted.entrySet()) {
      if (!Objects.deepEquals(present.get(each.getKey()), each.getValue())) {
        return false;
      }
    }
    return true;
  }
}
