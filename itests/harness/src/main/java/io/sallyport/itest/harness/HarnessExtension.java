/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit 5 tests what they ask for as parameters: a {@link Lab} that is closed after the test
 * (or after the class, when a constructor or a {@code BeforeAll} method asks for it), {@link
 * Docker}, {@link Containerd} and {@link Runc} that all tests of the JVM share. Where real
 * containers cannot run, the tests are skipped, and say why.
 */
public final class HarnessExtension implements ParameterResolver, ExecutionCondition {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(HarnessExtension.class);
  private static final Map<Class<?>, Function<ExtensionContext, Object>> PARAMETERS =
      Map.of(
          Lab.class,
          HarnessExtension::lab,
          Docker.class,
          context -> Docker.shared(),
          Containerd.class,
          context -> Containerd.shared(),
          Runc.class,
          context -> Runc.shared());

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Requirements.missing()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("real containers can run here"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Function<ExtensionContext, Object> source = PARAMETERS.get(type);
    if (source == null) {
      throw new HarnessException("no parameter of " + type);
    }
    return source.apply(context);
  }

  private static Object lab(ExtensionContext context) {
    return context.getStore(STORE).getOrComputeIfAbsent(Lab.class, key -> new Lab(), Lab.class);
  }
}
