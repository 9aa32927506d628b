/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What lies in {@code deploy/} and what became of it. */
@ProviderType
public interface PluginCatalog {
  /** Every deployed file, by name. Safe on any thread; a snapshot. */
  List<PluginStatus> plugins();
}
