/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/** The dependency rules of the design; a bundle that breaks one breaks the build. */
@AnalyzeClasses(
    packages = "io.sallyport",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String API = "io.sallyport.api..";

  @ArchTest
  static final ArchRule API_KNOWS_NOTHING_BUT_THE_JDK =
      classes()
          .that(resideInAPackage(API))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              API,
              "java..",
              "org.osgi.annotation..",
              "org.osgi.service.component.annotations",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule PARSERS_KNOW_THE_API_ONLY =
      classes()
          .that(resideInAPackage("io.sallyport.parser.."))
          .should(dependOnSallyportOnlyIn("io.sallyport.api.", "io.sallyport.parser."))
          .andShould()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.sallyport..", "java..", "org.osgi..", "org.jspecify..");

  @ArchTest
  static final ArchRule INTERNALS_STAY_INTERNAL =
      classes()
          .that()
          .resideOutsideOfPackages("io.sallyport.replay..", "io.sallyport.dpi.testkit..")
          .should(
              new ArchCondition<JavaClass>("not use another bundle's internal package") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                  for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getPackageName();
                    int internal = target.indexOf(".internal");
                    if (target.startsWith("io.sallyport.")
                        && internal > 0
                        && !origin.getPackageName().startsWith(target.substring(0, internal))) {
                      events.add(
                          SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                  }
                }
              })
          .because(
              "engines meet as services and records; only replay and the testkit, which run without"
                  + " a platform, put them together by hand");

  @ArchTest
  static final ArchRule FOREIGN_FUNCTIONS_ARE_IN_KERNEL_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sallyport.kernel..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Linker.class, SymbolLookup.class);

  @ArchTest
  static final ArchRule ONLY_THE_HOSTS_HALF_KNOWS_THE_KERNEL =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.sallyport.kernel..",
              "io.sallyport.capture..",
              "io.sallyport.dataplane..",
              "io.sallyport.enforcer..",
              "io.sallyport.replay..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sallyport.kernel..");

  @ArchTest
  static final ArchRule REST_LIBRARIES_STAY_IN_REST =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sallyport.rest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "org.apache.cxf..");

  @ArchTest
  static final ArchRule GRPC_STAYS_WITH_CONTAINERD_AND_THE_LINK =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.sallyport.workloads.containerd..", "io.sallyport.link..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule PCAP4J_STAYS_IN_ITS_BUNDLE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sallyport.capture.pcap4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.pcap4j..", "com.sun.jna..");

  @ArchTest
  static final ArchRule NOTHING_IS_STATIC_AND_CHANGES =
      com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
          .that()
          .areStatic()
          .and()
          .areNotPrivate()
          .should()
          .beFinal();

  private static ArchCondition<JavaClass> dependOnSallyportOnlyIn(String... prefixes) {
    return new ArchCondition<>("depend on io.sallyport only in " + List.of(prefixes)) {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getPackageName();
          if (target.startsWith("io.sallyport.")
              && List.of(prefixes).stream().noneMatch(target::startsWith)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }
}
