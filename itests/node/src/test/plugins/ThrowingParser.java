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

/** Throws at every flow. */
@Component
public final class ThrowingParser implements ProtocolParser {
  @Override
  public Application application() {
    return new Application(3902, "Throwing");
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    throw new IllegalStateException("I always throw");
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return (direction, data) -> Progress.DONE;
  }
}
