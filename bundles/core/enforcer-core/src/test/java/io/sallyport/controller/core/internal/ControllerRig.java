/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.link.PolicyService;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.PacketCaptures;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/** The controller's half, as its services. */
public final class ControllerRig {
  private final Model model;
  private final PolicyDesk policies = new PolicyDesk();
  private final CaptureArchive captures;
  private final ReportDesk reports;

  /** A controller that knows nothing yet. */
  public ControllerRig(Path home, long reportMillis) {
    ControllerConfig config =
        (ControllerConfig)
            Proxy.newProxyInstance(
                ControllerConfig.class.getClassLoader(),
                new Class<?>[] {ControllerConfig.class},
                (proxy, method, arguments) ->
                    method.getName().equals("reportMillis")
                        ? reportMillis
                        : method.getDefaultValue());
    this.model = new Model(config, Nanos::now);
    this.captures = new CaptureArchive(home, model, policies, config, Nanos::now);
    this.reports = new ReportDesk(model, captures, config);
  }

  public NetworkModel model() {
    return model;
  }

  public PolicyService policies() {
    return policies;
  }

  public PacketCaptures captures() {
    return captures;
  }

  public ReportService reports() {
    return reports;
  }
}
