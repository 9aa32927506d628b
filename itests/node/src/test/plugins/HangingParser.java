package com.example.fixture;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import org.osgi.service.component.annotations.Component;

/** Never returns once it has seen the bytes "hang". */
@Component
public final class HangingParser implements ProtocolParser {
  private volatile boolean for_ever = true;

  @Override
  public Application application() {
    return new Application(3901, "Hanging");
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (!head.startsWith("hang")) {
      return Match.NO;
    }
    long turns = 0;
    while (for_ever) {
      turns++;
    }
    return turns > 0 ? Match.YES : Match.NO;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return (direction, data) -> Progress.DONE;
  }
}
