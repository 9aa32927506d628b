/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.mysql.internal;

/** Numbers of the protocol. */
final class Packet {
  /** Three bytes of length, one of sequence. */
  static final int HEADER = 4;

  /** Three bytes of length, one of sequence, three of length before compression. */
  static final int COMPRESSED_HEADER = 7;

  /** A packet of this length is continued by the next. */
  static final int LONGEST = 0xffffff;

  static final int OK = 0x00;
  static final int LOCAL_INFILE = 0xfb;
  static final int EOF = 0xfe;
  static final int ERROR = 0xff;

  static final int GREETING_VERSION = 10;

  // Capability flags
  static final int CONNECT_WITH_DB = 0x8;
  static final int COMPRESS = 0x20;
  static final int PROTOCOL_41 = 0x200;
  static final int SSL = 0x800;
  static final int SECURE_CONNECTION = 0x8000;
  static final int PLUGIN_AUTH_LENENC = 0x200000;

  static final int QUERY = 0x03;
  static final int INIT_DB = 0x02;
  static final int PREPARE = 0x16;
  static final int EXECUTE = 0x17;

  private static final String[] COMMANDS = {
    "SLEEP",
    "QUIT",
    "INIT_DB",
    "QUERY",
    "FIELD_LIST",
    "CREATE_DB",
    "DROP_DB",
    "REFRESH",
    "SHUTDOWN",
    "STATISTICS",
    "PROCESS_INFO",
    "CONNECT",
    "PROCESS_KILL",
    "DEBUG",
    "PING",
    "TIME",
    "DELAYED_INSERT",
    "CHANGE_USER",
    "BINLOG_DUMP",
    "TABLE_DUMP",
    "CONNECT_OUT",
    "REGISTER_SLAVE",
    "STMT_PREPARE",
    "STMT_EXECUTE",
    "STMT_SEND_LONG_DATA",
    "STMT_CLOSE",
    "STMT_RESET",
    "SET_OPTION",
    "STMT_FETCH",
    "DAEMON",
    "BINLOG_DUMP_GTID",
    "RESET_CONNECTION"
  };

  private Packet() {}

  /** A command's name. */
  static String command(int number) {
    return number >= 0 && number < COMMANDS.length ? COMMANDS[number] : "COMMAND_" + number;
  }

  /** Whether a command has a name. */
  static boolean isCommand(int number) {
    return number >= 0 && number < COMMANDS.length;
  }

  /** Whether the server answers a command. */
  static boolean isAnswered(int number) {
    return number != 0x01 && number != 0x18 && number != 0x19;
  }
}
