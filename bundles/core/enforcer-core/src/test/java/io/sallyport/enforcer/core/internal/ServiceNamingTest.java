/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.workload.Container;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNamingTest {
  private static final String NODE = "qalongruncluster4oc4-kxq6x-master-2";

  @ParameterizedTest(name = "{0}/{1} {2} = {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the cases that NeuVector tests
          cattle-system | rancher-agent-hsn6q | | rancher-agent
          cattle-system | core-services-metadata-1-d5263c8e | | core-services-metadata
          default | httpserver-pod-20-69c86db9fb-vnjbl | pod-template-hash=69c86db9fb | httpserver-pod-20
          default | httpserver-pod-20-9c86db9fb-vnjbl | pod-template-hash=69c86db9fb | httpserver-pod-20
          default | httpserver-pod-20-69c86db9fb-vnjbl | pod-template-hash=2574286596 | httpserver-pod-20
          default | calico-node-m308t | name=httpserver-pod-20 | calico-node
          connectservices | update-traveler-service-89-48w0g | annotation.openshift.io/deployment-config.name=update-traveler-service | update-traveler-service
          connectservices | update-traveler-service-89-48w0g | | update-traveler-service
          kube-system | ibm-kube-fluentd-zq9dk | app=ibm-kube-fluentd | ibm-kube-fluentd
          kube-system | apiserver-watcher-qalongruncluster4oc4-kxq6x-master-2 | | apiserver-watcher
          openshift-kube-controller-manager | installer-5-qalongruncluster4oc4-kxq6x-master-2 | app=installer | installer
          kubx-masters | rbac-sync-operator-cdsi61j20equel7caka0-587b9d8b8f-rr6bw | clusterID=cdsi61j20equel7caka0;pod-template-hash=587b9d8b8f | rbac-sync-operator
          kubx-deployer | kubx-deployer-d8d18cf7-5c9d-40ac-9489-271b13871ba7-xskjt | job-name=kubx-deployer-d8d18cf7-5c9d-40ac-9489-271b13871ba7 | kubx-deployer
          kubx-etcd-04 | kubx-etcd-backup-cdsm1j9200g7nufcakcg-update-79444 | job-name=kubx-etcd-backup-cdsm1j9200g7nufcakcg-update | kubx-etcd-backup
          prod | frontend-3823415956-853n5 | pod-template-hash=3823415956 | frontend
          ibm-system | ibm-cloud-provider-ip-169-44-162-75-8649c8697d-hplzc | ibm-cloud-provider-ip=ip-169-44-162-75 | ibm-cloud-provider
          # what controllers make of names
          kube-system | kube-proxy-xmk89 | k8s-app=kube-proxy | kube-proxy
          db | postgres-0 | statefulset.kubernetes.io/pod-name=postgres-0 | postgres
          batch | hello-27400290-x7k2p | job-name=hello-27400290 | hello
          batch | pi-7x2k9 | job-name=pi | pi
          openshift-operator-lifecycle-manager | collect-profiles-27400290--1-4g2r | job-name=collect-profiles-27400290 | collect-profiles
          prod | single | | single
          """)
  void namesPods(String namespace, String pod, String labels, String service) {
    java.util.TreeMap<String, String> all = new java.util.TreeMap<>();
    for (String label : labels == null ? new String[0] : labels.split(";", -1)) {
      all.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }
    all.put("io.kubernetes.pod.name", pod);
    all.put("io.kubernetes.pod.namespace", namespace);

    assertThat(ServiceNaming.of(container("k8s_POD_x", "containerd", "k8s.io", all), NODE))
        .isEqualTo(new ServiceName(service, namespace));
  }

  @ParameterizedTest(name = "{0} of {1} {2} {3} = {4} {5}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          yelb-ui-1 | docker | '' | - | yelb-ui | ''
          yelb_ui_1 | docker | '' | - | yelb_ui | ''
          yelb-ui-12 | docker | '' | - | yelb-ui-12 | ''
          web-1 | docker | '' | com.docker.compose.service=ui;com.docker.compose.project=yelb | ui | yelb
          x.1.abc | docker | '' | com.docker.swarm.service.name=yelb_ui;com.docker.stack.namespace=yelb | ui | yelb
          x.1.abc | docker | '' | com.docker.swarm.service.name=ui | ui | ''
          x | docker | '' | io.sallyport.service=pay;io.sallyport.domain=shop | pay | shop
          x | docker | '' | io.sallyport.service=pay;com.docker.compose.service=ui;com.docker.compose.project=yelb | pay | yelb
          x | docker | '' | io.sallyport.domain=shop;com.docker.compose.service=ui;com.docker.compose.project=yelb | ui | shop
          redis-1 | containerd | default | - | redis-1 | ''
          redis | containerd | moby | - | redis | ''
          redis | containerd | k8s.io | - | redis | ''
          redis | containerd | edge | - | redis | edge
          a b/c?d%e&f | docker | '' | - | a:b:c:d:e:f | ''
          grün | docker | '' | - | grn | ''
          工作 | docker | '' | - | 0123456789ab | ''
          """)
  void namesOthers(
      String name, String runtime, String namespace, String labels, String service, String domain) {
    java.util.TreeMap<String, String> all = new java.util.TreeMap<>();
    for (String label : labels == null ? new String[0] : labels.split(";", -1)) {
      all.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }

    assertThat(ServiceNaming.of(container(name, runtime, namespace, all), NODE))
        .isEqualTo(new ServiceName(service, domain));
  }

  @Test
  void cutsLabelsThatAreTooLong() {
    Container container =
        container("x", "docker", "", Map.of("io.sallyport.service", "s".repeat(100_000)));

    assertThat(ServiceNaming.of(container, NODE).service()).hasSize(200);
  }

  private static Container container(
      String name, String runtime, String namespace, Map<String, String> labels) {
    return new Container(
        "0123456789abcdef", name, "", "", labels, 1, runtime, namespace, List.of(), null, null);
  }
}
