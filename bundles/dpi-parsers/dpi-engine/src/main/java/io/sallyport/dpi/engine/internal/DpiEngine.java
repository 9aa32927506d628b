/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.inspection.InspectionWorker;
import io.sallyport.api.inspection.ProtocolEngine;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol engine. Parsers come and go as services, or by {@link #add} and {@link #remove}
 * where there is no service registry; each change swaps one array, so that no packet waits for it.
 * All methods are safe on any thread.
 */
@Component(service = {ProtocolEngine.class, ParserCatalog.class})
public final class DpiEngine implements ProtocolEngine, ParserCatalog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DpiEngine.class);

  private final IdentityHashMap<ProtocolParser, Registration> registrations =
      new IdentityHashMap<>();
  private final CopyOnWriteArrayList<Worker> workers = new CopyOnWriteArrayList<>();
  private final Counters counters = new Counters();
  private final Watchdog watchdog = new Watchdog(this);
  private volatile Map<Transport, Chain> chains = Chain.ofEach(List.of());

  /** An engine without parsers. Its watchdog runs until {@link #close}. */
  @Activate
  public DpiEngine() {
    watchdog.start();
  }

  /** Adds a parser, with the name and version of the bundle it comes from. */
  public void add(ProtocolParser parser, String bundle, String version) {
    add(parser, bundle, version, 0);
  }

  /** Removes a parser. Flows that it was reading keep their name and go on without it. */
  public void remove(ProtocolParser parser) {
    synchronized (registrations) {
      Registration left = registrations.remove(parser);
      if (left != null) {
        left.leave();
        chains = Chain.ofEach(registrations.values());
      }
    }
  }

  @Override
  public InspectionWorker worker(String name, StuckListener onStuck) {
    Worker worker = new Worker(this, name, onStuck);
    workers.add(worker);
    return worker;
  }

  @Override
  public List<ParserStatus> parsers() {
    synchronized (registrations) {
      return registrations.values().stream()
          .map(Registration::status)
          .sorted(
              Comparator.<ParserStatus, String>comparing(status -> status.application().name())
                  .thenComparing(ParserStatus::bundle))
          .toList();
    }
  }

  @Override
  public Map<String, Long> counters() {
    return counters.snapshot();
  }

  /** Stops the watchdog. Workers that are still open go on unwatched. */
  @Override
  @Deactivate
  public void close() {
    watchdog.stop();
  }

  @Reference(
      service = ProtocolParser.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindParser(ProtocolParser parser, ServiceReference<ProtocolParser> reference) {
    Bundle bundle = reference.getBundle();
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    add(
        parser,
        bundle == null ? "" : String.valueOf(bundle.getSymbolicName()),
        bundle == null ? "" : String.valueOf(bundle.getVersion()),
        ranking instanceof Integer number ? number : 0);
  }

  void unbindParser(ProtocolParser parser) {
    remove(parser);
  }

  Chain chain(Transport transport) {
    return chains.getOrDefault(transport, Chain.EMPTY);
  }

  Counters cuts() {
    return counters;
  }

  void close(Worker worker) {
    workers.remove(worker);
  }

  /** The watchdog's round. */
  void watch(int patience) {
    long now = System.nanoTime();
    for (Worker worker : workers) {
      worker.watch(patience, now);
    }
    synchronized (registrations) {
      registrations.values().forEach(parser -> parser.wake(now));
    }
  }

  private void add(ProtocolParser parser, String bundle, String version, int ranking) {
    Registration registration;
    try {
      registration = new Registration(parser, bundle, version, ranking);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A parser of {} {} cannot be used: {}", bundle, version, e.toString());
      return;
    }
    synchronized (registrations) {
      registrations.put(parser, registration);
      chains = Chain.ofEach(registrations.values());
    }
    LOG.info("Parser {} of {} {} is in use", registration.application, bundle, version);
  }
}
