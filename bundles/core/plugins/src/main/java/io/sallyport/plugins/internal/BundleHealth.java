/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.plugins.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Says of a bundle whether it runs, and when not, why. */
final class BundleHealth {
  private final Requirements requirements;
  private final Supplier<@Nullable ServiceComponentRuntime> components;
  private final Map<Long, Failure> failures = new ConcurrentHashMap<>();

  /** Why a bundle could not be started, as of its last modification. */
  private record Failure(long modified, String message) {}

  BundleHealth(BundleContext context, Supplier<@Nullable ServiceComponentRuntime> components) {
    this.requirements = new Requirements(context);
    this.components = components;
  }

  /** What is wrong; empty when it runs. */
  String problem(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.INSTALLED -> {
        String lacks = requirements.problem(bundle);
        yield lacks.isEmpty() ? notStarted(bundle) : lacks;
      }
      case Bundle.RESOLVED -> fragment(bundle) ? "" : notStarted(bundle);
      case Bundle.STARTING, Bundle.ACTIVE -> componentProblem(bundle);
      default -> "it is being stopped";
    };
  }

  private static boolean fragment(Bundle bundle) {
    return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
  }

  /**
   * The framework does not keep why a start failed, so it is tried once more, once for each time
   * that the bundle was changed. One that a user has stopped was started before, and is left alone.
   */
  private String notStarted(Bundle bundle) {
    Failure known = failures.get(bundle.getBundleId());
    if (known == null || known.modified() != bundle.getLastModified()) {
      known = new Failure(bundle.getLastModified(), tryStart(bundle));
      failures.put(bundle.getBundleId(), known);
    }
    return bundle.getState() == Bundle.ACTIVE ? "" : known.message();
  }

  /** It has run: if it does not later, someone has stopped it. */
  void ran(Bundle bundle) {
    failures.put(
        bundle.getBundleId(), new Failure(bundle.getLastModified(), "it has been stopped"));
  }

  private static String tryStart(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
      return "it has been stopped";
    } catch (BundleException | RuntimeException | LinkageError e) {
      return "it failed to start: " + rootMessage(e);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == thrown ? String.valueOf(thrown.getMessage()) : root.toString();
  }

  private String componentProblem(Bundle bundle) {
    ServiceComponentRuntime runtime = components.get();
    if (runtime == null) {
      return "";
    }
    for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
      for (ComponentConfigurationDTO each : runtime.getComponentConfigurationDTOs(component)) {
        String problem = componentProblem(component, each);
        if (!problem.isEmpty()) {
          return problem;
        }
      }
    }
    return "";
  }

  private static String componentProblem(
      ComponentDescriptionDTO component, ComponentConfigurationDTO each) {
    String name = component.implementationClass;
    if (each.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      String first = String.valueOf(each.failure).lines().findFirst().orElse("");
      return "its class " + name + " could not be made: " + first;
    }
    if (each.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
      for (UnsatisfiedReferenceDTO missing : each.unsatisfiedReferences) {
        return "its class " + name + " waits for a service that is not here: " + missing.name;
      }
    }
    return "";
  }
}
