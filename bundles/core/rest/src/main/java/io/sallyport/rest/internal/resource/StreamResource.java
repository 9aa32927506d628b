/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.network.MapView;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.nv.Json;
import io.sallyport.rest.internal.own.MapEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live map, as server-sent events. Ends with the caller's session. */
@Component(service = StreamResource.class, property = "sallyport.rest=true")
@Path("/v1/stream")
public final class StreamResource {
  private static final Logger LOG = LoggerFactory.getLogger(StreamResource.class);
  private static final int MAX_STREAMS = 64;
  private static final int MAX_EXPANDED = 100;
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_SECONDS = 30;

  private final NetworkModel model;
  private final Authentication authentication;
  private final Semaphore room = new Semaphore(MAX_STREAMS);
  private final Set<Thread> streams = ConcurrentHashMap.newKeySet();

  /** With the model, and the sessions on which streams depend. */
  @Activate
  public StreamResource(@Reference NetworkModel model, @Reference Authentication authentication) {
    this.model = model;
    this.authentication = authentication;
  }

  /** Ends all streams. */
  @Deactivate
  public void close() {
    streams.forEach(Thread::interrupt);
  }

  /** The whole map at once, then what changes; {@code expand} are groups shown as containers. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "The live map: events snapshot, delta, ping")
  public void stream(
      @QueryParam("expand") @DefaultValue("") String expand,
      @Parameter(hidden = true) @Context SecurityContext context,
      @Parameter(hidden = true) @Context SseEventSink sink,
      @Parameter(hidden = true) @Context Sse sse) {
    Set<String> expanded = expanded(expand);
    if (!room.tryAcquire()) {
      throw new SallyportException(
          ErrorCode.LIMIT, "There are " + MAX_STREAMS + " live views already. Close one.");
    }
    String token = Caller.of(context).token();
    Thread thread =
        Thread.ofVirtual()
            .name("map-stream")
            .unstarted(
                () -> {
                  try (sink) {
                    follow(expanded, token, new Events(sink, sse));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } finally {
                    streams.remove(Thread.currentThread());
                    room.release();
                  }
                });
    streams.add(thread);
    thread.start();
  }

  private static Set<String> expanded(String text) {
    Set<String> groups =
        Stream.of(text.split(",", -1))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    if (groups.size() > MAX_EXPANDED) {
      throw new SallyportException(
          ErrorCode.LIMIT, "At most " + MAX_EXPANDED + " groups can be expanded.");
    }
    return groups;
  }

  private void follow(Set<String> expanded, String token, Events events)
      throws InterruptedException {
    MapMailbox mailbox = new MapMailbox();
    Subscription map = model.map(expanded, mailbox::put);
    try {
      long pinged = System.nanoTime();
      while (authentication.alive(token) && !Thread.currentThread().isInterrupted()) {
        long ping = pinged + PING_NANOS - System.nanoTime();
        MapView view = mailbox.take(Math.clamp(ping, 1, LOOK_NANOS), TimeUnit.NANOSECONDS);
        if (view != null) {
          events.send(MapEvents.name(view), Json.line(MapEvents.data(view)));
        }
        if (System.nanoTime() - pinged >= PING_NANOS) {
          events.send("ping", "{}");
          pinged = System.nanoTime();
        }
      }
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      // The client has gone, or does not read.
      LOG.debug("A live view ends: {}", e.toString());
    } finally {
      map.close();
    }
  }

  /** Sends one event after the other, waiting for each to be written. */
  private record Events(SseEventSink sink, Sse sse) {
    void send(String name, String data)
        throws InterruptedException, ExecutionException, TimeoutException {
      sink.send(sse.newEventBuilder().name(name).data(String.class, data).build())
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
