/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.plugins.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Finds what a bundle needs and nobody offers, and says it in a user's words. */
final class Requirements {
  private static final String API = "io.sallyport.api.";
  private static final Pattern AT_LEAST = Pattern.compile("(?<!!)\\(version>=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

  private final BundleContext context;

  Requirements(BundleContext context) {
    this.context = context;
  }

  /** What a bundle that is not resolved lacks; empty when everything it needs is offered. */
  String problem(Bundle bundle) {
    List<String> missing = new ArrayList<>();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
        if (needed(requirement) && !offered(requirement)) {
          missing.add(words(requirement));
        }
      }
    }
    return missing.isEmpty() ? "" : "it needs " + String.join(", and ", missing);
  }

  private static boolean needed(BundleRequirement requirement) {
    String effective =
        requirement
            .getDirectives()
            .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE);
    String resolution =
        requirement
            .getDirectives()
            .getOrDefault(
                Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, Namespace.RESOLUTION_MANDATORY);
    return effective.equals(Namespace.EFFECTIVE_RESOLVE)
        && resolution.equals(Namespace.RESOLUTION_MANDATORY);
  }

  private boolean offered(BundleRequirement requirement) {
    return !matching(requirement.getNamespace(), requirement).isEmpty();
  }

  /** What is offered in a namespace; with a requirement, only what fulfils it. */
  private List<BundleCapability> matching(
      String namespace, @Nullable BundleRequirement requirement) {
    List<BundleCapability> found = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        for (BundleCapability capability : revision.getDeclaredCapabilities(namespace)) {
          if (requirement == null || requirement.matches(capability)) {
            found.add(capability);
          }
        }
      }
    }
    return found;
  }

  private String words(BundleRequirement requirement) {
    String filter =
        requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    return switch (requirement.getNamespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE ->
          packageWords(value(filter, "wiring.package"), filter);
      case BundleNamespace.BUNDLE_NAMESPACE ->
          "the bundle " + value(filter, "wiring.bundle") + range(filter) + ", which is not here";
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
          "another Java: " + filter;
      default -> requirement.getNamespace() + " " + filter + ", which nothing here offers";
    };
  }

  private String packageWords(String name, String filter) {
    List<String> versions =
        matching(PackageNamespace.PACKAGE_NAMESPACE, null).stream()
            .filter(
                each -> name.equals(each.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
            .map(
                each ->
                    String.valueOf(
                        each.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)))
            .distinct()
            .toList();
    String offered =
        versions.isEmpty() ? "" : ", and this node has " + String.join(" and ", versions);
    if (name.startsWith(API)) {
      return "version"
          + range(filter)
          + " of Sallyport's "
          + name
          + (versions.isEmpty() ? ", which this node does not have" : offered)
          + "; build the plugin against this node's version";
    }
    if (versions.isEmpty()) {
      return "the package "
          + name
          + ", which no bundle here offers; embed it in the plugin, or copy the bundle that has it"
          + " to deploy/ too";
    }
    return "the package " + name + " in version" + range(filter) + offered;
  }

  private static String value(String filter, String key) {
    Matcher matcher = Pattern.compile(Pattern.quote(key) + "=([^)]+)\\)").matcher(filter);
    return matcher.find() ? matcher.group(1) : filter;
  }

  private static String range(String filter) {
    Matcher below = BELOW.matcher(filter);
    String upper = below.find() ? below.group(1) : "";
    Matcher least = AT_LEAST.matcher(below.reset().replaceAll(""));
    String lower = least.find() ? least.group(1) : "";
    if (lower.isEmpty()) {
      return upper.isEmpty() ? "" : " below " + upper;
    }
    return upper.isEmpty() ? " " + lower + " or newer" : " " + lower + " to below " + upper;
  }
}
