/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.redis.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import io.sallyport.parser.redis.internal.RespReader.Outcome;
import java.util.List;
import java.util.Set;

/** Reads one connection, commands one way and replies the other. */
final class RedisSession implements Session {
  private static final int INLINE = 64 * 1024 - 1;
  private static final int UNDECIDED = 4 * 1024;
  private static final Set<String> EVENTS =
      Set.of(
          "message",
          "pmessage",
          "smessage",
          "subscribe",
          "psubscribe",
          "ssubscribe",
          "unsubscribe",
          "punsubscribe",
          "sunsubscribe",
          "invalidate");

  private final Sink sink;
  private final boolean midStream;
  private final RespReader commands = new RespReader();
  private final RespReader replies = new RespReader();
  private boolean begun;
  private boolean swapped;
  private boolean commandsLost;
  private boolean repliesLost;
  private boolean subscribed;

  RedisSession(Flow flow, Sink sink) {
    this.sink = sink;
    this.midStream = flow.midStream();
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    if (!begun && !begin(direction, data)) {
      return Progress.CONTINUE;
    }
    boolean command = (direction == Direction.TO_SERVER) != swapped;
    while (data.consumed() < data.length()) {
      int before = data.consumed();
      boolean starved = command ? command(direction, data) : reply(direction, data);
      if (starved && data.consumed() == before) {
        return Progress.CONTINUE;
      }
    }
    return Progress.CONTINUE;
  }

  @Override
  public Progress gap(Direction direction, long bytes) {
    boolean command = (direction == Direction.TO_SERVER) != swapped;
    RespReader reader = command ? commands : replies;
    if (!reader.pass(bytes)) {
      reader.reset();
      lose(command, true);
    }
    return Progress.CONTINUE;
  }

  /**
   * In the middle of a connection, who is the client shows only in what they say; answers whether
   * enough of it is there.
   */
  private boolean begin(Direction direction, Bytes data) {
    if (midStream) {
      boolean command = Resp.command(data, 0) == Match.YES;
      boolean reply = Resp.reply(data, 0) == Match.YES;
      if (!command && !reply && data.length() < UNDECIDED) {
        return false;
      }
      // A command has the form of a list of strings, which may be a reply too.
      boolean client = command && (!reply || Command.known(firstWord(data)));
      swapped = (client || reply) && client != (direction == Direction.TO_SERVER);
    }
    begun = true;
    return true;
  }

  /** The first string of an array. */
  private static String firstWord(Bytes data) {
    int start = data.indexOf('\n', data.indexOf('\n', 0) + 1) + 1;
    return data.text(start, data.indexOf('\r', start));
  }

  private void lose(boolean command, boolean lost) {
    if (command) {
      commandsLost = lost;
    } else {
      repliesLost = lost;
    }
  }

  /** Reads on in the client's bytes; answers whether there is too little to read. */
  private boolean command(Direction direction, Bytes data) {
    int at = data.consumed();
    if (commands.fresh()) {
      int first = data.u8(at);
      if (first == '\r' || first == '\n') {
        data.consume(1);
        return false;
      }
      if (commandsLost) {
        return resume(true, data, Resp.command(data, at) == Match.YES);
      }
      if (first != '*') {
        return inline(direction, data);
      }
    }
    return switch (commands.step(data)) {
      case STARVED -> true;
      case VALUE -> false;
      case MESSAGE -> {
        List<String> words = commands.values();
        subscribed |= Command.subscribes(words);
        if (!words.isEmpty()) {
          sink.message(direction, Command.message(words));
        }
        yield false;
      }
      case BROKEN -> resume(true, data, false);
    };
  }

  private boolean inline(Direction direction, Bytes data) {
    int at = data.consumed();
    int feed = data.indexOf('\n', at);
    if (feed < 0) {
      return data.length() - at < INLINE || resume(true, data, false);
    }
    if (!Character.isLetter(data.u8(at))) {
      return resume(true, data, false);
    }
    int end = data.u8(feed - 1) == '\r' ? feed - 1 : feed;
    List<String> words = List.of(data.text(at, Math.min(end, at + 512)).strip().split(" +", 12));
    data.consume(feed + 1 - at);
    subscribed |= Command.subscribes(words);
    sink.message(direction, Command.message(words));
    return false;
  }

  /** Reads on in the server's bytes; answers whether there is too little to read. */
  private boolean reply(Direction direction, Bytes data) {
    int at = data.consumed();
    if (replies.fresh()) {
      int first = data.u8(at);
      if (first == '\r' || first == '\n') {
        data.consume(1);
        return false;
      }
      if (repliesLost) {
        return resume(false, data, Resp.reply(data, at) == Match.YES);
      }
      if (!Resp.single(first) && !Resp.bulk(first) && !Resp.aggregate(first)) {
        return resume(false, data, false);
      }
    }
    Outcome outcome = replies.step(data);
    if (outcome == Outcome.MESSAGE) {
      sink.message(direction, reply());
    }
    return outcome == Outcome.BROKEN ? resume(false, data, false) : outcome == Outcome.STARVED;
  }

  private Message reply() {
    List<String> values = replies.values();
    String first = values.isEmpty() ? "" : values.getFirst();
    int type = replies.type();
    if (type == '+' && first.startsWith("FULLRESYNC")) {
      replies.expectTransfer();
    }
    boolean event = (type == '>' || (subscribed && type == '*')) && EVENTS.contains(first);
    if (event) {
      return Message.notice()
          .with("event", first)
          .with("channel", values.size() > 1 ? values.get(1) : null);
    }
    return switch (type) {
      case '-', '!' -> Message.response().with("error", withoutArguments(first));
      case '+' -> Message.response().with("status", word(first));
      case '$', '=' -> Message.response().with("reply", values.isEmpty() ? "null" : "bulk");
      case '_' -> Message.response().with("reply", "null");
      case ':' -> Message.response().with("reply", "integer");
      case ',' -> Message.response().with("reply", "double");
      case '#' -> Message.response().with("reply", "boolean");
      case '(' -> Message.response().with("reply", "big number");
      case '%' -> Message.response().with("reply", "map");
      case '~' -> Message.response().with("reply", "set");
      default -> Message.response().with("reply", "array");
    };
  }

  /** After bytes were lost, or made no sense: the next message usually begins with a segment. */
  private boolean resume(boolean command, Bytes data, boolean found) {
    RespReader reader = command ? commands : replies;
    reader.reset();
    lose(command, !found);
    if (!found) {
      data.consumeAll();
    }
    return false;
  }

  /** An unknown command comes back with its arguments, which may be anything. */
  private static String withoutArguments(String error) {
    int arguments = error.indexOf(", with args");
    return arguments < 0 ? error : error.substring(0, arguments);
  }

  /** The first word of a status; what follows it may be data. */
  private static String word(String status) {
    int end = 0;
    while (end < status.length() && Character.isLetter(status.charAt(end))) {
      end++;
    }
    return status.substring(0, end);
  }
}
