/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.ProtocolParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every protocol parser must hold to. A parser's test extends this, says which parser and
 * gives a few conversations; what follows from them is run: split at every place, one byte at a
 * time, from the middle, with gaps, cut short, changed at random, and beside other protocols. The
 * parser runs in the protocol engine itself.
 *
 * <p>The time limit is for a parser that does not return; nothing here depends on how fast it is.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ProtocolParserContract {
  private static final int MUTATIONS = 400;
  private static final int NOISES = 3_000;

  /** A contract test; the constructor does nothing. */
  protected ProtocolParserContract() {}

  /** A new parser. */
  protected abstract ProtocolParser parser();

  /** Conversations that it must recognise and read, with what must be read. */
  protected abstract List<Conversation> conversations();

  /**
   * Names of {@link ForeignSamples} that the parser may claim beside those of its own application,
   * because they are its protocol under another name.
   */
  protected Set<String> related() {
    return Set.of();
  }

  @Test
  final void namesItsApplication() {
    ProtocolParser parser = parser();
    assertThat(parser.application().known()).as("application has a number and a name").isTrue();
    assertThat(parser.application().name()).isNotBlank();
    assertThat(parser.application()).as("always the same").isEqualTo(parser().application());
    assertThat(parser.transports()).isNotEmpty();
    assertThat(conversations()).as("at least one conversation").isNotEmpty();
  }

  @Test
  final void readsEachConversation() {
    try (Driver driver = new Driver(parser())) {
      for (Conversation conversation : conversations()) {
        check(conversation, "as it is", driver.read(conversation));
      }
      assertClean(driver);
    }
  }

  @Test
  final void readsTheSameSplitAnywhere() {
    try (Driver driver = new Driver(parser())) {
      for (Conversation conversation : streams()) {
        for (List<Step> split : Variations.splits(conversation)) {
          check(conversation, describe("split", split), driver.read(conversation.steps(split)));
        }
      }
      assertClean(driver);
    }
  }

  @Test
  final void readsTheSameOneByteAtATime() {
    try (Driver driver = new Driver(parser())) {
      for (Conversation conversation : streams()) {
        Conversation bytewise = conversation.steps(Variations.bytewise(conversation));
        check(conversation, "one byte at a time", driver.read(bytewise));
      }
      assertClean(driver);
    }
  }

  @Test
  final void staysCalmInAnyOrderOfTheSides() {
    runAll(
        conversation ->
            List.of(
                Variations.first(conversation, Direction.TO_SERVER),
                Variations.first(conversation, Direction.TO_CLIENT)));
  }

  @Test
  final void staysCalmWhenTheSidesAreMistaken() {
    runAll(conversation -> List.of(conversation.steps().stream().map(Step::reversed).toList()));
  }

  @Test
  final void staysCalmInTheMiddleOfAConversation() {
    runAll(Variations::lateStarts);
  }

  @Test
  final void staysCalmWithGaps() {
    runAll(Variations::gaps);
  }

  @Test
  final void staysCalmWhenCutShort() {
    runAll(Variations::truncations);
  }

  @Test
  final void staysCalmWithMutations() {
    runAll(
        conversation -> {
          SplittableRandom random = new SplittableRandom(conversation.name().hashCode());
          List<List<Step>> mutations = new ArrayList<>();
          for (int i = 0; i < MUTATIONS; i++) {
            mutations.add(Variations.mutation(conversation, random));
          }
          return mutations;
        });
  }

  @Test
  final void staysCalmWithNoise() {
    SplittableRandom random = new SplittableRandom(42);
    try (Driver driver = new Driver(parser())) {
      for (Transport transport : parser().transports()) {
        Conversation empty =
            transport == Transport.UDP ? Conversation.udp("noise") : Conversation.tcp("noise");
        for (int i = 0; i < NOISES; i++) {
          driver.read(empty.steps(Variations.noise(random)));
        }
      }
      assertClean(driver);
    }
  }

  @Test
  final void claimsNoOtherProtocol() {
    Application own = parser().application();
    try (Driver driver = new Driver(parser())) {
      for (Conversation sample : ForeignSamples.all()) {
        if (!sample.name().equals(own.name()) && !related().contains(sample.name())) {
          for (Conversation seen : List.of(sample, sample.midStream())) {
            assertThat(driver.read(seen).application())
                .as("what %s makes of %s", own, sample.name())
                .isEqualTo(Application.UNKNOWN);
          }
        }
      }
      assertClean(driver);
    }
  }

  @Test
  final void identifiesWithoutMemory() {
    ProtocolParser one = parser();
    ProtocolParser other = parser();
    List<Conversation> all = new ArrayList<>(conversations());
    all.addAll(ForeignSamples.all());
    for (Conversation conversation : all) {
      for (Step step : conversation.steps()) {
        Match first = identify(one, conversation, step);
        assertThat(identify(one, conversation, step)).as("asked again").isEqualTo(first);
        assertThat(identify(other, conversation, step)).as("another parser").isEqualTo(first);
      }
    }
  }

  @Test
  final void keepsFlowsApart() {
    try (Driver driver = new Driver(parser())) {
      List<Driver.Live> flows = new ArrayList<>();
      int longest = 0;
      for (Conversation conversation : conversations()) {
        flows.add(driver.open(conversation.flow()));
        longest = Math.max(longest, conversation.steps().size());
      }
      for (int i = 0; i < longest; i++) {
        for (int j = 0; j < flows.size(); j++) {
          List<Step> steps = conversations().get(j).steps();
          if (i < steps.size()) {
            flows.get(j).step(steps.get(i));
          }
        }
      }
      for (int j = 0; j < flows.size(); j++) {
        check(conversations().get(j), "beside others", flows.get(j).end());
      }
      assertClean(driver);
    }
  }

  /** Variations of a conversation after which nothing is expected but calm. */
  private interface Variation {
    List<List<Step>> of(Conversation conversation);
  }

  /**
   * Calm: no exception, no null, no hang, and no other application than the parser's own or none.
   * Both as a flow that was seen from its beginning and as one that was not.
   */
  private void runAll(Variation variation) {
    Application own = parser().application();
    try (Driver driver = new Driver(parser())) {
      for (Conversation conversation : conversations()) {
        for (List<Step> steps : variation.of(conversation)) {
          Conversation varied = conversation.steps(steps);
          for (Conversation seen : List.of(varied, varied.midStream())) {
            Reading reading = driver.read(seen);
            assertThat(reading.application())
                .as(conversation.name())
                .isIn(own, Application.UNKNOWN);
            assertThat(reading.messages().size())
                .as("%s: not more messages than bytes", conversation.name())
                .isLessThanOrEqualTo(steps.stream().mapToInt(Step::length).sum());
          }
        }
        assertThat(driver.problems()).as(conversation.name()).isEmpty();
      }
    }
  }

  private void check(Conversation conversation, String how, Reading reading) {
    String what = conversation.name() + ", " + how;
    assertThat(reading.application()).as(what).isEqualTo(parser().application());
    assertThat(new TreeMap<>(reading.attributes()))
        .as(what)
        .containsAllEntriesOf(conversation.attributes());
    List<Message> expected = conversation.messages();
    if (!expected.isEmpty()) {
      assertThat(reading.messages()).as("messages of %s", what).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        Said said = reading.messages().get(i);
        assertThat(said.answers(expected.get(i)))
            .as(
                "message %s of %s: expected %s, was %s",
                i, what, Said.of(said.direction(), expected.get(i)), said)
            .isTrue();
      }
    }
  }

  private List<Conversation> streams() {
    return conversations().stream().filter(c -> c.flow().transport() == Transport.TCP).toList();
  }

  private static Match identify(ProtocolParser parser, Conversation conversation, Step step) {
    return parser.identify(conversation.flow(), step.direction(), Bytes.of(step.bytes()));
  }

  private static void assertClean(Driver driver) {
    assertThat(driver.problems()).isEmpty();
  }

  private static String describe(String how, List<Step> steps) {
    return how + " as " + steps.stream().map(Step::length).toList();
  }
}
