/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.containerd.internal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSourceException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One watch of one containerd: list what runs, then follow the events. One thread. */
final class ContainerdWatch {
  /** {@code containerd.v1.types.Status}: tasks in these states run. */
  private static final long CREATED = 1;

  private static final long RUNNING = 2;
  private static final long PAUSED = 4;
  private static final long PAUSING = 5;

  private static final List<String> NAME_LABELS =
      List.of("nerdctl/name", "io.kubernetes.container.name", "io.kubernetes.pod.name");

  private final ContainerdClient client;
  private final String endpoint;
  private final ContainerListener listener;

  ContainerdWatch(ContainerdClient client, String endpoint, ContainerListener listener) {
    this.client = client;
    this.endpoint = endpoint;
    this.listener = listener;
  }

  void run() throws InterruptedException {
    try {
      // The events are opened before the list is asked for, so that nothing falls between the two.
      Iterator<byte[]> events =
          client.stream("events.v1.Events", "Subscribe", Fields.message(1, "topic~=/tasks/"));
      for (Fields namespace : namespaces()) {
        list(namespace.text(1));
      }
      listener.listed();
      while (events.hasNext()) {
        handle(Fields.of(events.next()));
      }
      throw new IOException("containerd has ended the stream of events; has it been stopped?");
    } catch (StatusRuntimeException e) {
      if (Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedException) {
        InterruptedException interrupted = new InterruptedException("the watch was ended");
        interrupted.initCause(e);
        throw interrupted;
      }
      throw new WorkloadSourceException(endpoint + ": " + explain(e.getStatus()), e);
    } catch (IOException e) {
      throw new WorkloadSourceException(endpoint + ": " + e.getMessage(), e);
    }
  }

  private static String explain(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE -> "nobody answers; is containerd running?";
      case DEADLINE_EXCEEDED -> "containerd does not answer in time";
      default -> "containerd answers " + status.getCode() + ": " + status.getDescription();
    };
  }

  private List<Fields> namespaces() throws IOException {
    return Fields.of(client.call("", "namespaces.v1.Namespaces", "List", new byte[0])).messages(1);
  }

  private void list(String namespace) throws IOException {
    Map<String, Long> pids = new HashMap<>();
    for (Fields task :
        Fields.of(client.call(namespace, "tasks.v1.Tasks", "List", new byte[0])).messages(1)) {
      if (runs(task)) {
        pids.put(taskId(task), task.number(3));
      }
    }
    if (pids.isEmpty()) {
      return;
    }
    for (Fields container :
        Fields.of(client.call(namespace, "containers.v1.Containers", "List", new byte[0]))
            .messages(1)) {
      Long pid = pids.get(container.text(1));
      if (pid != null) {
        listener.container(container(container, namespace, pid));
      }
    }
  }

  /** A task's id is the container's; older daemons fill one of the two fields only. */
  private static String taskId(Fields task) {
    return task.text(2).isEmpty() ? task.text(1) : task.text(2);
  }

  private static boolean runs(Fields task) {
    long status = task.number(4);
    return (status == CREATED || status == RUNNING || status == PAUSED || status == PAUSING)
        && task.number(3) > 0;
  }

  /** An envelope: namespace 2, topic 3, event 4 (an Any: type 1, value 2). */
  private void handle(Fields envelope) throws IOException {
    String namespace = envelope.text(2);
    Fields event = envelope.message(4).message(2);
    switch (envelope.text(3)) {
      case "/tasks/start" -> started(namespace, event.text(1), event.number(2));
      case "/tasks/exit" -> {
        // Sessions that were opened in a container exit too, under an id of their own.
        if (event.text(2).isEmpty() || event.text(2).equals(event.text(1))) {
          listener.gone(event.text(1));
        }
      }
      case "/tasks/delete" -> {
        if (event.text(5).isEmpty() || event.text(5).equals(event.text(1))) {
          listener.gone(event.text(1));
        }
      }
      default -> {
        // Execs, out-of-memory, checkpoints: the container stays what it is.
      }
    }
  }

  private void started(String namespace, String id, long pid) throws IOException {
    Container container = get(namespace, id, pid);
    if (container == null) {
      listener.gone(id);
    } else {
      listener.container(container);
    }
  }

  private @Nullable Container get(String namespace, String id, long pid) throws IOException {
    try {
      byte[] answer =
          client.call(namespace, "containers.v1.Containers", "Get", Fields.message(1, id));
      return container(Fields.of(answer).message(1), namespace, pid);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  /** {@code containers.v1.Container}: id 1, labels 2, image 3, created_at 8. */
  private static Container container(Fields fields, String namespace, long pid) throws IOException {
    String id = fields.text(1);
    Map<String, String> labels = fields.map(2);
    String name =
        NAME_LABELS.stream().filter(labels::containsKey).map(labels::get).findFirst().orElse(id);
    Fields created = fields.message(8);
    return new Container(
        id,
        name,
        fields.text(3),
        "",
        labels,
        Math.toIntExact(pid),
        "containerd",
        namespace,
        List.of(),
        created.number(1) == 0 ? null : Instant.ofEpochSecond(created.number(1), created.number(2)),
        null);
  }
}
