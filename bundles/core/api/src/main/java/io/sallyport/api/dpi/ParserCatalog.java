/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The parsers of this node, and how they do. */
@ProviderType
public interface ParserCatalog {
  /** All parsers, by application name. Safe on any thread; a snapshot. */
  List<ParserStatus> parsers();

  /**
   * What the engine has cut, left out or given up since it began, by a name in plain words ({@code
   * attributes_cut}, {@code flows_unknown}, …). Safe on any thread; a snapshot.
   */
  Map<String, Long> counters();
}
