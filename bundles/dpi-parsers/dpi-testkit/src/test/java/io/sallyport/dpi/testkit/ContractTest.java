/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.KnockParser.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract finds what is wrong with a parser. */
final class ContractTest {
  @Test
  void findsAParserThatThrows() {
    ProtocolParserContract contract = contract(Fault.THROWS_AT_THE_END_OF_A_LINE);
    assertThatThrownBy(contract::readsEachConversation).isInstanceOf(AssertionError.class);
    assertThatThrownBy(contract::staysCalmWithMutations).isInstanceOf(AssertionError.class);
  }

  @Test
  void findsAParserThatDropsWhatIsIncomplete() {
    ProtocolParserContract contract = contract(Fault.KEEPS_NO_REST);
    assertThatThrownBy(contract::readsTheSameSplitAnywhere).isInstanceOf(AssertionError.class);
    assertThatThrownBy(contract::readsTheSameOneByteAtATime).isInstanceOf(AssertionError.class);
  }

  @Test
  void findsAParserThatClaimsOthers() {
    assertThatThrownBy(contract(Fault.CLAIMS_EVERYTHING)::claimsNoOtherProtocol)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void hasSamplesOfManyProtocols() {
    assertThat(ForeignSamples.all().stream().map(Conversation::name).distinct().count())
        .isGreaterThan(35);
  }

  private static ProtocolParserContract contract(Fault fault) {
    return new ProtocolParserContract() {
      @Override
      protected ProtocolParser parser() {
        return new KnockParser(fault);
      }

      @Override
      protected List<Conversation> conversations() {
        return List.of(
            Conversation.tcp("two lines")
                .client("KNOCK one\nKNOCK two\n")
                .notice("line", "KNOCK one")
                .notice("line", "KNOCK two"));
      }
    };
  }
}
