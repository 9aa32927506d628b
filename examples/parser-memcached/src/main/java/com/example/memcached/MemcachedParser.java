package com.example.memcached;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Applications;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.PortHints;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Memcached's text protocol: names it, and says which command is used on which key. */
@Component
public final class MemcachedParser implements ProtocolParser {
  private static final Set<String> STORE =
      Set.of("set", "add", "replace", "append", "prepend", "cas");
  private static final List<String> COMMANDS =
      List.of(
          "get ", "gets ", "gat ", "set ", "add ", "replace ", "append ", "prepend ", "cas ",
          "delete ", "incr ", "decr ", "touch ", "stats", "version", "flush_all", "verbosity ");
  private static final int LONGEST_LINE = 2048;

  @Override
  public Application application() {
    return Applications.MEMCACHED;
  }

  @Override
  public PortHints hints() {
    return PortHints.ports(11211);
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (direction == Direction.TO_CLIENT) {
      return Match.MORE; // the client speaks first, and will tell
    }
    int end = head.indexOf('\n', 0);
    for (String command : COMMANDS) {
      if (head.startsWith(command)) {
        return end > 0 && head.u8(end - 1) == '\r' ? Match.YES : unfinished(head, end);
      }
      if (end < 0 && head.mayStartWith(command)) {
        return Match.MORE;
      }
    }
    return Match.NO;
  }

  private static Match unfinished(Bytes head, int end) {
    return end < 0 && head.length() < LONGEST_LINE ? Match.MORE : Match.NO;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new MemcachedSession(sink);
  }

  private static final class MemcachedSession implements Session {
    private final Sink sink;
    private long skip; // bytes of a value that are still to come

    MemcachedSession(Sink sink) {
      this.sink = sink;
    }

    @Override
    public Progress data(Direction direction, Bytes data) {
      if (direction == Direction.TO_CLIENT) {
        data.consumeAll();
        return Progress.CONTINUE;
      }
      while (data.consumed() < data.length()) {
        if (skip > 0) {
          int count = (int) Math.min(skip, data.length() - data.consumed());
          data.consume(count);
          skip -= count;
          continue;
        }
        int start = data.consumed();
        int end = data.indexOf('\n', start);
        if (end < 0) {
          return data.length() - start < LONGEST_LINE ? Progress.CONTINUE : Progress.LOST;
        }
        command(data.text(start, end - 1).split(" "));
        data.consume(end + 1 - start);
      }
      return Progress.CONTINUE;
    }

    private void command(String[] words) {
      if (STORE.contains(words[0]) && words.length > 4 && words[4].matches("\\d{1,9}")) {
        skip = Long.parseLong(words[4]) + 2; // the value and its line end
      }
      String key = words.length > 1 ? words[1] : null;
      sink.message(
          Direction.TO_SERVER, Message.request().with("command", words[0]).with("key", key));
    }
  }
}
