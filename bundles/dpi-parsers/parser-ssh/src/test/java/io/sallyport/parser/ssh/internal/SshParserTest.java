/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.ssh.internal;

import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.Conversation;
import io.sallyport.dpi.testkit.ProtocolParserContract;
import java.util.List;

final class SshParserTest extends ProtocolParserContract {
  private static final String KEX = "0000 0014 08 14 00112233445566778899aabbccddeeff 000000";

  @Override
  protected ProtocolParser parser() {
    return new SshParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.tcp("server first")
            .server("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")
            .client("SSH-2.0-libssh_0.10.5\r\n")
            .clientHex(KEX)
            .serverHex(KEX)
            .notice("version", "2.0", "server", "OpenSSH_9.2p1 Debian-2+deb12u3")
            .notice("version", "2.0", "client", "libssh_0.10.5")
            .expect("version", "2.0"),
        Conversation.tcp("both in one packet with the key exchange, version 1.99")
            .client("SSH-1.99-PuTTY\n" + "\0\0\0\u0014")
            .server("SSH-2.0-dropbear_2022.83\r\n" + "\0\0\0\u0014")
            .expect("client", "PuTTY")
            .expect("server", "dropbear_2022.83")
            .expect("version", "1.99", "2.0"),
        Conversation.tcp("a server with a banner before")
            .server("Welcome to the machine.\r\nBehave!\r\nSSH-2.0-x\r\n")
            .client("SSH-2.0-y\r\n")
            .expect("server", "x")
            .expect("client", "y"));
  }
}
