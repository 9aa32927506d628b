/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.FlowMessage;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import io.sallyport.shell.internal.completion.ApplicationCompleter;
import io.sallyport.shell.internal.completion.DomainCompleter;
import io.sallyport.shell.internal.completion.GroupCompleter;
import io.sallyport.shell.internal.completion.PeerCompleter;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** {@code sp:flows}. */
@Service
@Command(
    scope = "sp",
    name = "flows",
    description = "Flows and what was said in them; with --follow as they come, until Ctrl-C")
public class FlowsCommand extends SpCommand {
  private static final int BUFFER = 4_096;
  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhd])");

  @Option(name = "--follow", aliases = "-f", description = "Go on with what comes")
  boolean follow;

  @Option(name = "--last", description = "How many of the latest flows to begin with")
  int last = -1;

  @Option(name = "--since", description = "Only flows seen since: 30s, 5m, 2h, 1d")
  String since = "";

  @Option(name = "--from", description = "Only from this container, group, host or address")
  @Completion(PeerCompleter.class)
  String from = "";

  @Option(name = "--not-from", description = "Not from it")
  @Completion(PeerCompleter.class)
  String notFrom = "";

  @Option(name = "--to", description = "Only to this container, group, host or address")
  @Completion(PeerCompleter.class)
  String to = "";

  @Option(name = "--not-to", description = "Not to it")
  @Completion(PeerCompleter.class)
  String notTo = "";

  @Option(name = "--group", description = "Only where an end is in this group")
  @Completion(GroupCompleter.class)
  String group = "";

  @Option(name = "--not-group", description = "Not where an end is in it")
  @Completion(GroupCompleter.class)
  String notGroup = "";

  @Option(name = "--domain", description = "Only where an end is in this namespace")
  @Completion(DomainCompleter.class)
  String domain = "";

  @Option(name = "--not-domain", description = "Not where an end is in it")
  @Completion(DomainCompleter.class)
  String notDomain = "";

  @Option(name = "--application", description = "Only of this application; unknown for none")
  @Completion(ApplicationCompleter.class)
  String application = "";

  @Option(name = "--not-application", description = "Not of it")
  @Completion(ApplicationCompleter.class)
  String notApplication = "";

  @Option(name = "--port", description = "Only with this port at an end")
  int port;

  @Option(name = "--not-port", description = "Not with it")
  int notPort;

  @Option(name = "--protocol", description = "Only of this transport: tcp, udp, icmp, sctp")
  String protocol = "";

  @Option(name = "--not-protocol", description = "Not of it")
  String notProtocol = "";

  @Override
  void run(Services found, Session current, Output out) throws InterruptedException {
    NetworkModel model = found.need(NetworkModel.class, Absence.CONTROLLER);
    FlowFilter filter = filter();
    long after = since.isEmpty() ? 0 : nanosNow() - age(since).toNanos();
    int wanted = last >= 0 ? last : follow ? 0 : since.isEmpty() ? 20 : Integer.MAX_VALUE;
    for (FlowLine line : latest(model, filter, after, wanted)) {
      out.row(FlowLine.COLUMNS, line, line.line());
    }
    if (follow) {
      follow(model, filter, out);
    }
  }

  private FlowFilter filter() {
    return new FlowFilter()
        .from(from, false)
        .from(notFrom, true)
        .to(to, false)
        .to(notTo, true)
        .group(group, false)
        .group(notGroup, true)
        .domain(domain, false)
        .domain(notDomain, true)
        .application(application, false)
        .application(notApplication, true)
        .protocol(protocol, false)
        .protocol(notProtocol, true)
        .port(port, false)
        .port(notPort, true);
  }

  private static List<FlowLine> latest(
      NetworkModel model, FlowFilter filter, long after, int wanted) {
    List<FlowLine> lines = new ArrayList<>();
    for (Workload workload : model.workloads()) {
      for (FlowRecord flow : model.sessions(workload.id())) {
        if (flow.lastSeen() >= after) {
          lines.add(line(model, workload.nodeId(), flow));
        }
      }
    }
    lines.removeIf(filter.negate());
    lines.sort(Comparator.comparingLong(FlowLine::time));
    return lines.subList(Math.max(0, lines.size() - wanted), lines.size());
  }

  /** The model's thread only leaves lines; this one prints them, as fast as the terminal takes. */
  private static void follow(NetworkModel model, FlowFilter filter, Output out)
      throws InterruptedException {
    BlockingQueue<FlowLine> queue = new ArrayBlockingQueue<>(BUFFER);
    AtomicLong missed = new AtomicLong();
    NetworkModel.FlowFollower follower =
        new NetworkModel.FlowFollower() {
          @Override
          public void flow(String nodeId, FlowRecord flow) {
            leave(line(model, nodeId, flow));
          }

          @Override
          public void message(String nodeId, FlowMessage message) {
            FlowLine of = line(model, nodeId, message.flow());
            boolean back = message.direction() == Direction.TO_CLIENT;
            String text = message.message().toString();
            leave(new FlowLine(of.time(), of.flow(), of.client(), of.server(), back, text));
          }

          @Override
          public void missed(long count) {
            missed.addAndGet(count);
          }

          private void leave(FlowLine line) {
            if (filter.test(line) && !queue.offer(line)) {
              missed.incrementAndGet();
            }
          }
        };
    Subscription flows = model.flows(flow -> true, follower);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        FlowLine line = queue.poll(1, TimeUnit.SECONDS);
        if (line != null) {
          out.row(FlowLine.COLUMNS, line, line.line());
        }
        long lost = missed.getAndSet(0);
        if (lost > 0) {
          out.remark("… " + lost + " left out: they come faster than they can be shown");
        }
      }
    } finally {
      flows.close();
    }
  }

  private static FlowLine line(NetworkModel model, String nodeId, FlowRecord flow) {
    return FlowLine.of(
        flow,
        model.peer(nodeId, flow.client().address()),
        model.peer(nodeId, flow.server().address()));
  }

  static Duration age(String text) {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      throw new SallyportException(
          ErrorCode.INVALID_REQUEST,
          "--since must be as in 30s, 5m, 2h or 1d, not \"" + text + "\"");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static long nanosNow() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }
}
