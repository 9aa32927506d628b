/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A session that keeps what is printed, and services that tests put there. */
final class FakeShell {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final Map<String, Object> services = new HashMap<>();
  private Path directory = Path.of("").toAbsolutePath();
  private int width = 200;

  <T> FakeShell with(Class<T> type, T service) {
    services.put(type.getName(), service);
    return this;
  }

  FakeShell in(Path newDirectory) {
    directory = newDirectory;
    return this;
  }

  FakeShell wide(int newWidth) {
    width = newWidth;
    return this;
  }

  /** Runs a command and answers what it printed. */
  String run(SpCommand command) {
    printed.reset();
    command.session = session();
    command.context = context();
    command.execute();
    return printed();
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Session session() {
    Terminal terminal =
        proxy(
            Terminal.class,
            (self, method, args) -> {
              if (method.getName().equals("getWidth")) {
                return width;
              }
              throw new UnsupportedOperationException(method.getName());
            });
    return proxy(
        Session.class,
        (self, method, args) ->
            switch (method.getName()) {
              case "getConsole" -> console;
              case "getTerminal" -> terminal;
              case "currentDir" -> directory;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  BundleContext context() {
    return proxy(
        BundleContext.class,
        (self, method, args) ->
            switch (method.getName()) {
              case "getServiceReference" -> reference(((Class<?>) args[0]).getName());
              case "getService" ->
                  services.get(((ServiceReference<?>) args[0]).getProperty("name"));
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private @org.jspecify.annotations.Nullable Object reference(String name) {
    return services.containsKey(name)
        ? proxy(ServiceReference.class, (self, method, args) -> name)
        : null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(FakeShell.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
