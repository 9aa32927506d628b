/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.inspection;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One flow under inspection. Owner thread only. Nothing in it throws but {@link
 * AbandonedException}.
 */
@ProviderType
public interface Inspection {
  /** The next bytes of one direction in order, or one datagram; native memory, read in place. */
  void data(Direction direction, MemorySegment memory, long offset, int length);

  /** Bytes of one direction are missing. */
  void gap(Direction direction, long bytes);

  /** The flow has ended. */
  void end();

  /**
   * Whether more bytes are of use. Once false it stays false, and {@link #data} need not be called;
   * a parser deployed later sees new flows only.
   */
  boolean wantsData();

  /** Whether nothing that follows can change the application any more. */
  boolean settled();

  /** The application; {@link Application#UNKNOWN} as long as nobody has recognised it. */
  Application application();

  /** What the parser read, by field name, each with its first different values. A live view. */
  Map<String, List<String>> attributes();
}
