/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import org.osgi.framework.FrameworkUtil;

/**
 * This controller.
 *
 * @param host the host's name
 * @param version Sallyport's version
 * @param started when this process was started
 */
public record Local(String host, String version, Instant started) {
  /** Finds out. */
  static Local find() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // Its own name is not in the host's name service.
      host = "localhost";
    }
    var bundle = FrameworkUtil.getBundle(Local.class);
    String version = bundle == null ? "" : bundle.getVersion().toString();
    Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    return new Local(host, version, started);
  }
}
