/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One watch of one Engine API: list what runs, then follow the events. One thread. */
final class DockerWatch {
  private static final String EVENTS =
      "/events?filters="
          + URLEncoder.encode("{\"type\":[\"container\",\"network\"]}", StandardCharsets.UTF_8);
  private static final int MAX_EVENT = 1 << 20;

  private final JsonMapper json = new JsonMapper();
  private final UnixHttp http;
  private final ContainerListener listener;

  DockerWatch(UnixHttp http, ContainerListener listener) {
    this.http = http;
    this.listener = listener;
  }

  void run() throws InterruptedException {
    // The events are opened before the list is asked for, so that nothing falls between the two.
    try (UnixHttp.Exchange events = http.stream(EVENTS)) {
      if (events.status() != 200) {
        throw new WorkloadSourceException(
            http.path() + " answers " + events.status() + " to a request for events", null);
      }
      for (JsonNode entry : list()) {
        report(entry.path("Id").asText());
      }
      listener.listed();
      follow(events.body());
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(e);
      }
      throw new WorkloadSourceException(http.path() + ": " + e.getMessage(), e);
    }
  }

  private static InterruptedException interrupted(IOException cause) {
    InterruptedException interrupted = new InterruptedException("the watch was ended");
    interrupted.initCause(cause);
    return interrupted;
  }

  private JsonNode list() throws IOException {
    UnixHttp.Answer answer = http.get("/containers/json");
    if (answer.status() != 200) {
      throw new IOException("answers " + answer.status() + " to a request for containers");
    }
    return json.readTree(answer.body());
  }

  private void follow(InputStream body) throws IOException {
    LineReader lines = new LineReader(body, MAX_EVENT);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      JsonNode event;
      try {
        event = json.readTree(line);
      } catch (JsonProcessingException e) {
        throw new IOException("an event is not JSON: " + e.getOriginalMessage(), e);
      }
      handle(event);
    }
    throw new IOException("the runtime has ended the stream of events; has it been stopped?");
  }

  private void handle(JsonNode event) throws IOException {
    String action = event.path("Action").asText();
    if (event.path("Type").asText().equals("network")) {
      if (action.equals("connect") || action.equals("disconnect")) {
        report(event.path("Actor").path("Attributes").path("container").asText());
      }
      return;
    }
    String id = event.path("Actor").path("ID").asText();
    switch (action) {
      case "die", "destroy" -> listener.gone(id);
      case "start", "restart", "unpause", "rename", "update" -> report(id);
      default -> {
        // Execs, attaches, health probes: nothing about the container changes.
      }
    }
  }

  private void report(String id) throws IOException {
    if (id.isEmpty()) {
      return;
    }
    UnixHttp.Answer answer =
        http.get("/containers/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/json");
    Container container =
        answer.status() == 200 ? EngineJson.container(json.readTree(answer.body())) : null;
    tell(id, container);
  }

  private void tell(String id, @Nullable Container container) {
    if (container == null) {
      listener.gone(id);
    } else {
      listener.container(container);
    }
  }
}
