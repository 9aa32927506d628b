/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import org.jspecify.annotations.Nullable;

/** Reads one connection: how it is opened, then message by message. */
final class PostgresqlSession implements Session {
  private static final int LONGEST = 1 << 30;

  /** What the server's next byte answers. */
  private enum Asked {
    NOTHING,
    TLS,
    GSS
  }

  private final Sink sink;
  private final boolean midStream;
  private final Reader requests = new Reader();
  private final Reader replies = new Reader();
  private Asked asked = Asked.NOTHING;
  private boolean begun;
  private boolean swapped;
  private boolean opened;
  private boolean anything;
  private @Nullable Progress verdict;

  PostgresqlSession(Flow flow, Sink sink) {
    this.sink = sink;
    this.midStream = flow.midStream();
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    if (!begun && !begin(direction, data)) {
      return Progress.CONTINUE;
    }
    boolean request = fromClient(direction);
    Reader reader = request ? requests : replies;
    boolean more = true;
    while (more && data.consumed() < data.length() && verdict == null) {
      if (!reader.skipped(data)) {
        more = false;
      } else if (reader.lost()) {
        resume(reader, data, request);
      } else if (request && !opened) {
        more = open(direction, data);
      } else if (!request && asked != Asked.NOTHING) {
        more = answer(direction, data);
      } else {
        more = message(direction, reader, data, request);
      }
    }
    return verdict == null ? Progress.CONTINUE : verdict;
  }

  @Override
  public Progress gap(Direction direction, long bytes) {
    boolean request = fromClient(direction);
    opened |= request;
    (request ? requests : replies).pass(bytes);
    if (!request) {
      asked = Asked.NOTHING;
    }
    return Progress.CONTINUE;
  }

  private boolean fromClient(Direction direction) {
    return (direction == Direction.TO_SERVER) != swapped;
  }

  /**
   * In the middle of a connection, who is the client shows only in what they say; answers whether
   * enough of it is there.
   */
  private boolean begin(Direction direction, Bytes data) {
    if (midStream) {
      boolean client =
          Frames.opening(data, 0) == Match.YES || Frames.messages(data, 0, true) == Match.YES;
      boolean server = Frames.messages(data, 0, false) == Match.YES;
      if (!client && !server && data.length() < Reader.KEPT) {
        return false;
      }
      swapped = client != server && client != (direction == Direction.TO_SERVER);
    }
    begun = true;
    return true;
  }

  /** Reads what comes before messages have types; answers whether there was enough of it. */
  private boolean open(Direction direction, Bytes data) {
    int at = data.consumed();
    if (asked != Asked.NOTHING) {
      return false; // the client waits for the answer, and what follows depends on it
    }
    if (data.u8(at) != 0) {
      opened = true; // the beginning was not seen
      return true;
    }
    long length = data.u32(at);
    if (length < 0 || (length <= Frames.LONGEST_STARTUP && data.length() - at < length)) {
      return false;
    }
    long code = data.u32(at + 4);
    if (Frames.opening(data, at) != Match.YES) {
      broken(requests, data);
    } else if (code == Frames.SSL_REQUEST || code == Frames.GSS_REQUEST) {
      asked = code == Frames.SSL_REQUEST ? Asked.TLS : Asked.GSS;
    } else if (code == Frames.CANCEL_REQUEST) {
      tell(direction, Message.request().with("command", "CANCEL"));
    } else {
      opened = true;
      tell(direction, Requests.startup(data, at + 8, at + (int) length));
    }
    anything = true;
    data.consume((int) length);
    return true;
  }

  /** Reads the one byte that answers a request for encryption. */
  private boolean answer(Direction direction, Bytes data) {
    int answer = data.u8(data.consumed());
    String encryption = asked == Asked.TLS ? "TLS" : "GSS";
    asked = Asked.NOTHING;
    if (answer == 'S' || answer == 'G') {
      data.consume(1);
      verdict = Progress.WRAPPED;
      tell(direction, Message.notice().with("encryption", encryption));
    } else if (answer == 'N') {
      data.consume(1);
      tell(direction, Message.notice().with("encryption", "refused"));
    }
    return true; // an old server answers with an error message
  }

  private boolean message(Direction direction, Reader reader, Bytes data, boolean request) {
    int at = data.consumed();
    int type = data.u8(at);
    long length = data.u32(at + 1);
    if (length < 0) {
      return false;
    }
    if (length < 4 || length > LONGEST || (type < '1' || type > 'z')) {
      broken(reader, data);
      return true;
    }
    boolean telling = request ? telling(type, "QPB") : telling(type, "RCENS");
    int kept = (int) Math.min(length + 1, telling ? Reader.KEPT : 5);
    if (data.length() - at < kept) {
      return false;
    }
    anything = true;
    Message message = null;
    if (telling) {
      message =
          request
              ? Requests.read(data, type, at + 5, at + kept)
              : Replies.read(data, type, at + 5, at + kept);
    }
    data.consume(kept);
    reader.skip(length + 1 - kept);
    if (message != null) {
      tell(direction, message);
    }
    return true;
  }

  /** After bytes were lost, or made no sense: the next message usually begins with a segment. */
  private static void resume(Reader reader, Bytes data, boolean request) {
    if (Frames.messages(data, data.consumed(), request) == Match.YES) {
      reader.lost(false);
    } else {
      data.consumeAll();
    }
  }

  private void broken(Reader reader, Bytes data) {
    if (anything) {
      reader.lost(true);
      data.consumeAll();
    } else {
      verdict = Progress.NOT_MINE;
    }
  }

  private void tell(Direction direction, Message message) {
    if (message.size() > 0) {
      sink.message(direction, message);
    }
  }

  private static boolean telling(int type, String types) {
    return types.indexOf(type) >= 0;
  }
}
