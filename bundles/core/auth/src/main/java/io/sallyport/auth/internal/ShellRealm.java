/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.auth.Authentication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes the place of Karaf's own realm {@code karaf}: the shell's users are Sallyport's, and keys
 * that the host's administrator has put into {@code etc/keys.properties}. There is no other user.
 */
@Component
public final class ShellRealm implements JaasRealm {
  private static final String KEYS_BUNDLE = "org.apache.karaf.jaas.modules";
  private static final String KEYS_MODULE =
      "org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule";

  private final BundleContext context;
  private final Authentication authentication;

  /** Registers the realm. */
  @Activate
  public ShellRealm(BundleContext context, @Reference Authentication authentication) {
    this.context = context;
    this.authentication = authentication;
  }

  @Override
  public String getName() {
    return "karaf";
  }

  @Override
  public int getRank() {
    return 100;
  }

  @Override
  public AppConfigurationEntry[] getEntries() {
    List<AppConfigurationEntry> entries = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (KEYS_BUNDLE.equals(bundle.getSymbolicName())) {
        String keys = System.getProperty("karaf.etc", "etc") + "/keys.properties";
        entries.add(entry(KEYS_MODULE, bundle, Map.of("users", keys)));
      }
    }
    entries.add(
        entry(
            ShellLogin.class.getName(),
            context.getBundle(),
            Map.of(ShellLogin.AUTHENTICATION, authentication)));
    return entries.toArray(AppConfigurationEntry[]::new);
  }

  private AppConfigurationEntry entry(String module, Bundle bundle, Map<String, ?> more) {
    Map<String, Object> options = new HashMap<>(more);
    options.put(BundleContext.class.getName(), context);
    options.put(ProxyLoginModule.PROPERTY_MODULE, module);
    options.put(ProxyLoginModule.PROPERTY_BUNDLE, Long.toString(bundle.getBundleId()));
    return new AppConfigurationEntry(
        ProxyLoginModule.class.getName(), LoginModuleControlFlag.SUFFICIENT, options);
  }
}
