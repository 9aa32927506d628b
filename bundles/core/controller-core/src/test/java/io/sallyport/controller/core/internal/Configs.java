/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as Declarative Services makes them: the defaults, and what is set. */
final class Configs {
  private Configs() {}

  static ControllerConfig controller() {
    return of(ControllerConfig.class, Map.of());
  }

  static ControllerConfig controller(String key, Object value) {
    return of(ControllerConfig.class, Map.of(key, value));
  }

  static <T> T of(Class<T> type, Map<String, Object> set) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                set.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
