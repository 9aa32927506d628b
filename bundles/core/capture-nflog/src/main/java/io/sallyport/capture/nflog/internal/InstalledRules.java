/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NetworkNamespace;
import io.sallyport.kernel.netlink.NflogSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rules in a network namespace, which is held open so that they can be removed. */
final class InstalledRules implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledRules.class);

  private final NetworkNamespace namespace;
  private final Nft nft;
  private final Ruleset rules;

  /** Of rules that are there, in a namespace that is closed with this. */
  InstalledRules(NetworkNamespace namespace, Nft nft, Ruleset rules) {
    this.namespace = namespace;
    this.nft = nft;
    this.rules = rules;
  }

  /**
   * Removes, from the namespace of this thread, rules that an enforcer left there that was killed:
   * those whose group nobody reads. A group has one reader, so one that can be bound has none.
   */
  static void removeLeftovers(Nft nft) {
    for (Ruleset found : Ruleset.listed(nft.tables())) {
      // Stays bound until the rules are gone, lest another capture begins on them.
      try (NflogSocket socket = Groups.open()) {
        if (Groups.bind(socket, found.group())) {
          nft.apply(found.removal());
          LOG.info("Removed the rules {} of a capture that had not been closed", found.name());
        }
      }
    }
  }

  /** Begins to remove the rules, which takes some milliseconds more; nobody reads what they log. */
  @Override
  public void close() {
    try {
      namespace.call(
          () -> {
            nft.begin(rules.removal(), "remove the rules " + rules.name() + " in " + namespace);
            return true;
          });
    } catch (KernelException | Nft.NftException e) {
      LOG.warn("Cannot remove the rules {} in {}: {}", rules.name(), namespace, e.getMessage());
    } finally {
      namespace.close();
    }
  }
}
