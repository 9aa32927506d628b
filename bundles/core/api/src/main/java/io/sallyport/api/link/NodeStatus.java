/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.plugin.PluginStatus;
import java.util.List;

/**
 * How a node does.
 *
 * @param sources the places where it looks for containers
 * @param dataplane its passive datapath
 * @param parsers its protocol parsers
 * @param plugins what lies in its {@code deploy/}
 * @param dropped what of its reports had to be left out since the start: flows, messages,
 *     conversations
 * @param policyEpoch the policy that is in force
 */
public record NodeStatus(
    List<SourceStatus> sources,
    DataplaneStatus dataplane,
    List<ParserStatus> parsers,
    List<PluginStatus> plugins,
    long dropped,
    long policyEpoch) {
  /** Copies the lists. */
  public NodeStatus {
    sources = List.copyOf(sources);
    parsers = List.copyOf(parsers);
    plugins = List.copyOf(plugins);
  }
}
