/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import io.sallyport.parser.http.internal.Pending.Expectation;
import io.sallyport.parser.http.internal.Side.Mode;

/**
 * Reads one connection: headers line by line, bodies by counting. Never done, as the next request
 * of a kept connection may be for another host.
 */
final class HttpSession implements Session {
  /** A line that is longer is taken for its first bytes. */
  private static final int LINE = 16 * 1024;

  private final Sink sink;
  private final Pending pending = new Pending();
  private final Side toServer = new Side();
  private final Side toClient = new Side();
  private boolean anything;
  private boolean swapped;
  private boolean switched;

  HttpSession(Sink sink) {
    this.sink = sink;
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    Side side = side(direction);
    boolean more = true;
    while (more && data.consumed() < data.length()) {
      more =
          switch (side.mode) {
            case START -> start(direction, side, data);
            case HEADERS -> header(direction, side, data);
            case LONG_LINE -> longLine(side, data);
            case BODY, CHUNK -> body(side, data);
            case CHUNK_SIZE -> chunkSize(side, data);
            case CHUNK_END, TRAILERS -> trailer(side, data);
            case REST -> rest(data);
            case WAIT -> false;
            case LOST -> resume(side, data);
          };
      if (switched) {
        return Progress.SWITCH;
      }
    }
    return anything || side.mode != Mode.LOST ? Progress.CONTINUE : Progress.NOT_MINE;
  }

  @Override
  public Progress gap(Direction direction, long bytes) {
    Side side = side(direction);
    boolean within = side.mode == Mode.BODY || side.mode == Mode.CHUNK;
    if (within && bytes <= side.remaining) {
      advance(side, bytes);
    } else if (side.mode != Mode.REST) {
      tellUnfinished(direction, side);
      side.mode = Mode.LOST;
    }
    return Progress.CONTINUE;
  }

  @Override
  public void end() {
    tellUnfinished(Direction.TO_SERVER, toServer);
    tellUnfinished(Direction.TO_CLIENT, toClient);
  }

  /** The rest of the headers does not come, but what has come is worth telling. */
  private void tellUnfinished(Direction direction, Side side) {
    Head head = side.head;
    if (head != null) {
      side.head = null;
      sink.message(direction, head.message);
    }
  }

  private Side side(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  /** Which way requests go, which in the middle of a connection may be the unexpected one. */
  private boolean requestsGo(Direction direction) {
    return (direction == Direction.TO_SERVER) != swapped;
  }

  private boolean start(Direction direction, Side side, Bytes data) {
    int at = data.consumed();
    if (data.u8(at) == '\r' || data.u8(at) == '\n') {
      data.consume(1);
      return true;
    }
    int feed = data.indexOf('\n', at);
    if (feed < 0 && data.length() - at < LINE) {
      return false;
    }
    int end = feed < 0 ? data.length() : StartLine.lineEnd(data, feed);
    // Where a request is expected, one without a version will do.
    boolean response = StartLine.response(data, at) == Match.YES;
    boolean request =
        !response
            && StartLine.methodEnd(data, at) > 0
            && (requestsGo(direction) || StartLine.request(data, at) == Match.YES);
    if (!request && !response) {
      side.mode = Mode.LOST;
      return anything;
    }
    if (!anything) {
      swapped = request != (direction == Direction.TO_SERVER);
    }
    if (request != requestsGo(direction)) {
      side.mode = Mode.LOST;
      return true;
    }
    anything = true;
    side.head = request ? Head.request(data, at, end) : Head.response(data, at);
    side.mode = feed < 0 ? Mode.LONG_LINE : Mode.HEADERS;
    data.consume((feed < 0 ? data.length() : feed + 1) - at);
    return true;
  }

  private boolean header(Direction direction, Side side, Bytes data) {
    Head head = side.head;
    int at = data.consumed();
    int feed = data.indexOf('\n', at);
    if (feed < 0 && data.length() - at < LINE) {
      return false;
    }
    if (head == null) {
      side.mode = Mode.LOST;
      return true;
    }
    if (feed < 0) {
      head.line(data, at, data.length());
      side.mode = Mode.LONG_LINE;
      data.consumeAll();
      return true;
    }
    int end = StartLine.lineEnd(data, feed);
    data.consume(feed + 1 - at);
    if (end > at) {
      head.line(data, at, end);
      return true;
    }
    side.head = null;
    sink.message(direction, head.message);
    if (head.request) {
      requestBody(side, head);
    } else {
      responseBody(direction, side, head);
    }
    return true;
  }

  private void requestBody(Side side, Head head) {
    pending.add(head.expectation());
    side.withheld = head.expects();
    bodyBy(side, head, 0);
    if (side.mode == Mode.START && head.mayLeaveHttp()) {
      side.mode = Mode.WAIT;
    }
  }

  private void responseBody(Direction direction, Side side, Head head) {
    int status = head.status();
    Expectation expectation = pending.next();
    boolean tunnel = expectation == Expectation.TUNNEL && status / 100 == 2;
    if (status == 101 || tunnel) {
      switched = true;
      return;
    }
    Side requests = side(direction.reverse());
    if (status / 100 == 1) {
      requests.withheld = false;
      side.mode = Mode.START;
      return;
    }
    pending.answered();
    requests.refused = requests.withheld && requests.mode == Mode.BODY;
    if (requests.mode == Mode.WAIT) {
      requests.mode = Mode.START;
    }
    if (expectation == Expectation.HEAD || status == 204 || status == 304) {
      side.mode = Mode.START;
    } else {
      bodyBy(side, head, -1);
    }
  }

  /** Sets the mode for a body by its headers; {@code silent} is its length where they say none. */
  private static void bodyBy(Side side, Head head, long silent) {
    if (head.invalid()) {
      side.mode = Mode.LOST;
    } else if (head.chunked()) {
      side.mode = Mode.CHUNK_SIZE;
    } else {
      long length = head.contentLength() < 0 ? silent : head.contentLength();
      side.remaining = length;
      side.mode = length < 0 ? Mode.REST : length == 0 ? Mode.START : Mode.BODY;
    }
  }

  private static boolean longLine(Side side, Bytes data) {
    int feed = data.indexOf('\n', data.consumed());
    if (feed < 0) {
      data.consumeAll();
    } else {
      data.consume(feed + 1 - data.consumed());
      side.mode = Mode.HEADERS;
    }
    return true;
  }

  private static boolean body(Side side, Bytes data) {
    if (side.refused) {
      // The client may send the body all the same, or go on with its next request.
      Match next = StartLine.request(data, data.consumed());
      if (next == Match.MORE) {
        return false;
      }
      side.refused = false;
      if (next == Match.YES) {
        side.mode = Mode.START;
        return true;
      }
    }
    side.withheld = false;
    int count = (int) Math.min(side.remaining, data.length() - (long) data.consumed());
    data.consume(count);
    advance(side, count);
    return true;
  }

  private static void advance(Side side, long count) {
    side.remaining -= count;
    if (side.remaining == 0) {
      side.mode = side.mode == Mode.CHUNK ? Mode.CHUNK_END : Mode.START;
    }
  }

  private static boolean chunkSize(Side side, Bytes data) {
    int at = data.consumed();
    int feed = data.indexOf('\n', at);
    if (feed < 0 && data.length() - at < LINE) {
      return false;
    }
    long size = 0;
    int digits = 0;
    while (digits < 16 && Character.digit(data.u8(at + digits), 16) >= 0) {
      size = size << 4 | Character.digit(data.u8(at + digits), 16);
      digits++;
    }
    if (digits == 0 || size < 0 || feed < 0) {
      side.mode = Mode.LOST;
      return true;
    }
    data.consume(feed + 1 - at);
    side.remaining = size;
    side.mode = size == 0 ? Mode.TRAILERS : Mode.CHUNK;
    return true;
  }

  /** The line break behind a chunk, and the lines behind the last, up to an empty one. */
  private static boolean trailer(Side side, Bytes data) {
    int at = data.consumed();
    int feed = data.indexOf('\n', at);
    if (feed < 0) {
      if (data.length() - at < LINE) {
        return false;
      }
      side.mode = Mode.LOST;
      return true;
    }
    boolean empty = StartLine.lineEnd(data, feed) == at;
    data.consume(feed + 1 - at);
    if (side.mode == Mode.CHUNK_END) {
      side.mode = empty ? Mode.CHUNK_SIZE : Mode.LOST;
    } else if (empty) {
      side.mode = Mode.START;
    }
    return true;
  }

  private static boolean rest(Bytes data) {
    data.consumeAll();
    return true;
  }

  /** After bytes were lost, or made no sense: the next message usually begins with a segment. */
  private boolean resume(Side side, Bytes data) {
    int at = data.consumed();
    boolean begins =
        StartLine.request(data, at) == Match.YES || StartLine.response(data, at) == Match.YES;
    if (begins && data.indexOf('\n', at) >= 0 && requestLine(data, at) == (side == requests())) {
      pending.clear();
      side.mode = Mode.START;
      return true;
    }
    data.consumeAll();
    return true;
  }

  private Side requests() {
    return swapped ? toClient : toServer;
  }

  private static boolean requestLine(Bytes data, int at) {
    return StartLine.request(data, at) == Match.YES;
  }
}
