/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.enforcer.core.internal.ServiceNaming.label;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts from a pod's name what its controller appended, by NeuVector's rules, in its order. */
final class PodNaming {
  private static final String RANCHER = "cattle-system";
  private static final String JOB = "job-name";

  /** One pod a host, each with a number that is not part of the service. */
  private static final List<String> RANCHER_SERVICES =
      List.of(
          "rancher-agent",
          "core-services-dns",
          "core-services-metadata",
          "core-services-healthcheck",
          "core-services-network-manager");

  private static final List<String> DEPLOYMENT_CONFIG =
      List.of(
          "openshift.io/deployment-config.name", "annotation.openshift.io/deployment-config.name");

  /** Labels whose value is a generated part of the name; the deployment's own hash comes last. */
  private static final List<String> HASHES =
      List.of("ibm-cloud-provider-ip", "clusterID", "pod-template-hash");

  private static final Pattern UUID =
      Pattern.compile("-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern ETCD_BACKUP = Pattern.compile("^kubx-etcd-backup-[a-z0-9]{20}-.*");
  private static final Pattern DEPLOYMENT = Pattern.compile("^.*-[a-f0-9]{6,10}-[a-z0-9]{5}$");
  private static final Pattern NUMBERED = Pattern.compile("^.*-[0-9]{1,5}-[a-z0-9]{5}$");
  private static final Pattern BATCH = Pattern.compile("-[0-9]+$");

  /** Shorter host names are too likely to be part of a name by chance. */
  private static final int MIN_NODE_LENGTH = 4;

  private PodNaming() {}

  static String service(String namespace, String pod, String node, Map<String, String> labels) {
    String named = named(namespace, pod, labels);
    return named.isEmpty() ? cut(pod, node, labels) : named;
  }

  /** The service that a label or the namespace's own rules name; empty where none does. */
  private static String named(String namespace, String pod, Map<String, String> labels) {
    for (String key : DEPLOYMENT_CONFIG) {
      if (!label(labels, key).isEmpty()) {
        return label(labels, key);
      }
    }
    if (namespace.equals(RANCHER)) {
      for (String service : RANCHER_SERVICES) {
        if (pod.startsWith(service + "-")) {
          return service;
        }
      }
    }
    String job = label(labels, JOB);
    if (namespace.startsWith("openshift-") && !job.isEmpty()) {
      return withoutLast(job);
    }
    return ETCD_BACKUP.matcher(job).matches() ? "kubx-etcd-backup" : "";
  }

  private static String cut(String pod, String node, Map<String, String> labels) {
    Matcher uuid = UUID.matcher(pod);
    if (uuid.find() && uuid.start() > 0) {
      return pod.substring(0, uuid.start());
    }
    for (String key : HASHES) {
      String hash = label(labels, key);
      int at = hash.isEmpty() ? -1 : pod.indexOf(hash);
      if (at > 1) {
        return pod.substring(0, at - 1);
      }
    }
    if (DEPLOYMENT.matcher(pod).matches() || NUMBERED.matcher(pod).matches()) {
      return withoutLast(withoutLast(pod));
    }
    int host = node.length() < MIN_NODE_LENGTH ? -1 : pod.indexOf("-" + node);
    if (host > 0) {
      return BATCH.matcher(pod.substring(0, host)).replaceFirst("");
    }
    return withoutLast(pod);
  }

  private static String withoutLast(String name) {
    int dash = name.lastIndexOf('-');
    return dash > 0 ? name.substring(0, dash) : name;
  }
}
