/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.mysql.internal;

import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.Conversation;
import io.sallyport.dpi.testkit.ProtocolParserContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class MysqlParserTest extends ProtocolParserContract {
  private static final String GREETING =
      "\n8.0.36\0\1\0\0\0abcdefgh\0\u00ff\u00f7!\2\0\u00ff\u0081\25\0\0\0\0\0\0\0\0\0\0"
          + "ijklmnopqrst\0mysql_native_password\0";

  /** Flags, longest packet, character set, filler: the fixed part of a login. */
  private static String login(int flags) {
    return new String(
            new byte[] {(byte) flags, (byte) (flags >> 8), (byte) (flags >> 16), 0},
            StandardCharsets.ISO_8859_1)
        + "\0\0\0\1!"
        + "\0".repeat(23);
  }

  private static String packet(int sequence, String payload) {
    int length = payload.length();
    return "" + (char) (length & 0xff) + (char) (length >> 8) + "\0" + (char) sequence + payload;
  }

  private static String compressed(int sequence, String packet) {
    int length = packet.length();
    return ""
        + (char) (length & 0xff)
        + (char) (length >> 8)
        + "\0"
        + (char) sequence
        + "\0\0\0"
        + packet;
  }

  @Override
  protected ProtocolParser parser() {
    return new MysqlParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.tcp("login, query, error")
            .server(packet(0, GREETING))
            .client(
                packet(
                    1, login(0x8 | 0x200 | 0x8000) + "yelb\0\4abcdshop\0mysql_native_password\0"))
            .server(packet(2, "\0\0\0\2\0\0\0"))
            .client(packet(0, "\3SELECT id FROM votes"))
            .server(packet(1, "\1") + packet(2, "\3def") + packet(3, "\u00fe\0\0\2\0"))
            .client(packet(0, "\3SELEC 1"))
            .server(packet(1, "\u00ff(\u0004#42000You have an error"))
            .client(packet(0, "\1"))
            .notice("version", "8.0.36")
            .request("command", "LOGIN", "user", "yelb", "database", "shop")
            .response("status", "OK")
            .request("command", "QUERY", "query", "SELECT id FROM votes")
            .response("status", "OK", "columns", "1")
            .request("query", "SELEC 1")
            .response("status", "ERROR", "code", "1064", "sqlstate", "42000")
            .request("command", "QUIT"),
        Conversation.tcp("prepared statement, in the middle of a connection")
            .client(packet(0, "\26select * from t where a = ?"))
            .server(packet(1, "\0\7\0\0\0\1\0\1\0\0\0\0"))
            .client(packet(0, "\27\7\0\0\0\0\1\0\0\0\0\1\3\0\5\0\0\0"))
            .server(packet(1, "\1"))
            .request("command", "STMT_PREPARE", "query", "select * from t where a = ?")
            .response("status", "OK")
            .request("command", "STMT_EXECUTE", "statement", "7")
            .response("status", "OK"),
        Conversation.tcp("pings, in the middle of a connection")
            .client(packet(0, "\16"))
            .server(packet(1, "\0\0\0\2\0\0\0"))
            .client(packet(0, "\3select 1"))
            .server(packet(1, "\1"))
            .midStream()
            .expect("query", "select 1"),
        Conversation.tcp("compressed")
            .client(compressed(0, packet(0, "\3show tables")))
            .server(compressed(1, packet(1, "\1")))
            .request("query", "show tables")
            .response("status", "OK"),
        Conversation.tcp("refused")
            .server(packet(0, "\u00ffj\u0004Host 'x' is not allowed to connect"))
            .expect("code", "1130"),
        Conversation.tcp("TLS")
            .server(packet(0, GREETING))
            .client(packet(1, login(0x200 | 0x800)))
            .clientHex("16030100")
            .expect("version", "8.0.36"));
  }
}
