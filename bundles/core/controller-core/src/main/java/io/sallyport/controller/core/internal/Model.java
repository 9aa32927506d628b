/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.DataplaneStatus.Counter;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.MapView;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.Peer;
import io.sallyport.api.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller's picture, behind one lock: reports change it, queries copy out of it. In memory
 * alone; a later store will keep what was learned over a restart.
 */
@Component(
    immediate = true,
    service = {NetworkModel.class, Model.class},
    configurationPid = "io.sallyport.controller.core")
public final class Model implements NetworkModel {
  private static final Logger LOG = LoggerFactory.getLogger(Model.class);
  private static final Duration MAP_PAUSE = Duration.ofMillis(250);
  private static final Duration AGING = Duration.ofSeconds(30);
  private static final int MISSED_REPORTS = 3;
  private static final long GRACE = Duration.ofSeconds(10).toNanos();
  private static final long CLOSED_FLOWS_KEPT = Nanos.minutes(5);
  private static final long SILENT_FLOWS_KEPT = Nanos.hours(2);

  private final ControllerConfig config;
  private final LongSupplier clock;
  private final Picture picture;
  private final List<MapFollower> mapFollowers = new CopyOnWriteArrayList<>();
  private final List<FlowQueue> flowFollowers = new CopyOnWriteArrayList<>();
  private final Thread ager = Thread.ofVirtual().name("model-ager").unstarted(this::ageNowAndThen);
  private volatile Duration interval;

  /** For Declarative Services. */
  @Activate
  public Model(ControllerConfig config) {
    this(config, Nanos::now);
    ager.start();
  }

  /** With a clock of nanoseconds since the epoch. */
  Model(ControllerConfig config, LongSupplier clock) {
    this.config = config;
    this.clock = clock;
    this.picture = new Picture(config);
    this.interval = Duration.ofMillis(config.reportMillis());
  }

  @Deactivate
  void stop() {
    ager.interrupt();
    mapFollowers.forEach(MapFollower::close);
    flowFollowers.forEach(FlowQueue::close);
  }

  /** Takes a report: what it was. */
  NodeBook.Verdict take(NodeReport report) {
    NodeBook.Verdict verdict;
    synchronized (picture) {
      verdict = picture.take(report, clock.getAsLong());
    }
    if (verdict != NodeBook.Verdict.REPEATED && verdict != NodeBook.Verdict.INCOMPLETE) {
      mapFollowers.forEach(MapFollower::signal);
      String nodeId = report.node().id();
      for (FlowQueue follower : flowFollowers) {
        report.flows().forEach(flow -> follower.offer(nodeId, flow));
        report.messages().forEach(message -> follower.offer(nodeId, message));
      }
    }
    return verdict;
  }

  /** What nodes are asked to report at; by it is told whether they still do. */
  void interval(Duration now) {
    interval = now;
  }

  /** Forgets what has had its time. */
  void age() {
    long now = clock.getAsLong();
    synchronized (picture) {
      picture.age(
          now,
          now - Nanos.minutes(config.departedMinutes()),
          now - Nanos.hours(config.unusedGroupHours()),
          now - Nanos.hours(config.lostNodeHours()));
      picture.sessions().age(now - CLOSED_FLOWS_KEPT, now - SILENT_FLOWS_KEPT);
    }
    mapFollowers.forEach(MapFollower::signal);
  }

  @Override
  public List<Node> nodes() {
    long oldest = clock.getAsLong() - MISSED_REPORTS * interval.toNanos() - GRACE;
    synchronized (picture) {
      return picture.nodes().all().stream()
          .map(
              node ->
                  new Node(
                      node.info(),
                      node.status(),
                      node.lastHeard() >= oldest,
                      node.firstHeard(),
                      node.lastHeard(),
                      picture.workloads().of(node.info().id()).size()))
          .toList();
    }
  }

  int nodeCount() {
    synchronized (picture) {
      return picture.nodes().size();
    }
  }

  @Override
  public List<Workload> workloads() {
    synchronized (picture) {
      return picture.workloads().running();
    }
  }

  @Override
  public @Nullable Workload workload(String idOrName) {
    synchronized (picture) {
      return picture.workloads().find(idOrName);
    }
  }

  @Override
  public List<Group> groups() {
    synchronized (picture) {
      return picture.groups().groups(picture.workloads().running());
    }
  }

  @Override
  public List<Conversation> conversations() {
    return conversations(pair -> true);
  }

  @Override
  public List<Conversation> conversations(String fromNode, String toNode) {
    return conversations(pair -> names(fromNode, pair.client()) && names(toNode, pair.server()));
  }

  @Override
  public List<FlowRecord> sessions(String workloadId) {
    synchronized (picture) {
      return picture.sessions().of(picture.flowsOwner(workloadId));
    }
  }

  @Override
  public Peer peer(String nodeId, IpAddress address) {
    synchronized (picture) {
      return picture.peer(nodeId, address);
    }
  }

  @Override
  public Subscription map(Set<String> expanded, Consumer<MapView> listener) {
    Set<String> fixed = Set.copyOf(expanded);
    MapFollower[] self = new MapFollower[1];
    MapFollower follower =
        new MapFollower(() -> draw(fixed), listener, MAP_PAUSE, () -> mapFollowers.remove(self[0]));
    self[0] = follower;
    mapFollowers.add(follower);
    follower.start();
    return follower;
  }

  @Override
  public Subscription flows(Predicate<FlowRecord> filter, FlowFollower listener) {
    FlowQueue[] self = new FlowQueue[1];
    FlowQueue follower = new FlowQueue(filter, listener, () -> flowFollowers.remove(self[0]));
    self[0] = follower;
    flowFollowers.add(follower);
    follower.start();
    return follower;
  }

  @Override
  public List<Counter> counters() {
    synchronized (picture) {
      ConversationStore conversations = picture.conversations();
      SessionStore sessions = picture.sessions();
      return List.of(
          new Counter("conversations", "conversations that are kept", conversations.size()),
          new Counter(
              "conversations_evicted",
              "conversations left out, the oldest, as there were too many",
              conversations.evictedPairs()),
          new Counter(
              "conversation_ports_evicted",
              "ports of conversations left out, the oldest, as there were too many",
              conversations.evictedPorts()),
          new Counter(
              "conversations_housekeeping",
              "flows of discovery and address assignment, which are no conversations",
              picture.housekeeping()),
          new Counter(
              "reports_of_foreign_workloads",
              "what nodes said of workloads that are not theirs, or that nobody reported",
              picture.orphans()),
          new Counter("sessions", "flows that are kept", sessions.size()),
          new Counter(
              "sessions_evicted",
              "flows left out, the oldest, as there were too many",
              sessions.evicted()));
    }
  }

  /** The whole map as it is now. */
  MapSnapshot draw(Set<String> expanded) {
    synchronized (picture) {
      return new MapBuilder(picture, expanded, config.maxMapNodes()).build();
    }
  }

  private List<Conversation> conversations(Predicate<Pair> wanted) {
    synchronized (picture) {
      List<Conversation> all = new ArrayList<>();
      picture
          .conversations()
          .forEach(
              (pair, ports) -> {
                if (wanted.test(pair)) {
                  List<ConversationEntry> entries = ports.entries(picture.action(pair));
                  if (!entries.isEmpty()) {
                    all.add(
                        new Conversation(
                            picture.peer(pair.client()), picture.peer(pair.server()), entries));
                  }
                }
              });
      return all;
    }
  }

  /** Whether a node of the map, expanded or not, a reserved group or an end's own id names it. */
  private boolean names(String node, End end) {
    Peer peer = picture.peer(end);
    return node.equals(end.id()) || node.equals(peer.group());
  }

  private void ageNowAndThen() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(AGING);
        age();
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    }
  }
}
