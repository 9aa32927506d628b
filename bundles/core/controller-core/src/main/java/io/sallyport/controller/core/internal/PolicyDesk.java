/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.Subscription;
import io.sallyport.api.link.CaptureOrder;
import io.sallyport.api.link.NodePolicy;
import io.sallyport.api.link.PolicyService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each node's policy and tells it to those who follow. Safe on any thread. */
@Component(
    immediate = true,
    service = {PolicyService.class, PolicyDesk.class})
public final class PolicyDesk implements PolicyService {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);

  private final Map<String, NodePolicy> policies = new HashMap<>();
  private final Map<String, List<PolicyListener>> followers = new HashMap<>();

  /** Made by Declarative Services. */
  public PolicyDesk() {}

  @Override
  public synchronized Subscription follow(String nodeId, PolicyListener listener) {
    followers.computeIfAbsent(nodeId, id -> new CopyOnWriteArrayList<>()).add(listener);
    tell(listener, policy(nodeId));
    return () -> unfollow(nodeId, listener);
  }

  /** From now on these captures are to run on a node. */
  synchronized void captures(String nodeId, List<CaptureOrder> captures) {
    NodePolicy before = policy(nodeId);
    if (!before.captures().equals(captures)) {
      NodePolicy now = new NodePolicy(before.epoch() + 1, captures);
      policies.put(nodeId, now);
      followers.getOrDefault(nodeId, List.of()).forEach(listener -> tell(listener, now));
    }
  }

  private NodePolicy policy(String nodeId) {
    return policies.computeIfAbsent(nodeId, id -> new NodePolicy(1, List.of()));
  }

  private synchronized void unfollow(String nodeId, PolicyListener listener) {
    List<PolicyListener> rest = followers.get(nodeId);
    if (rest != null) {
      rest.remove(listener);
      if (rest.isEmpty()) {
        followers.remove(nodeId);
      }
    }
  }

  private static void tell(PolicyListener listener, NodePolicy policy) {
    try {
      listener.policy(policy);
    } catch (RuntimeException e) {
      LOG.warn("A node does not take the policy of epoch {}", policy.epoch(), e);
    }
  }
}
