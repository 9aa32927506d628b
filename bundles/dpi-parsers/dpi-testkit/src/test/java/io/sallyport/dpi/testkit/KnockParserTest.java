/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.dpi.ProtocolParser;
import java.util.List;

/** The contract, as a parser's author uses it. */
final class KnockParserTest extends ProtocolParserContract {
  @Override
  protected ProtocolParser parser() {
    return new KnockParser(KnockParser.Fault.NONE);
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.tcp("knock")
            .client("KNOCK who\nand ")
            .server("come in\n")
            .client("so on\n")
            .notice("line", "KNOCK who")
            .notice("line", "come in")
            .notice("line", "and so on"));
  }
}
