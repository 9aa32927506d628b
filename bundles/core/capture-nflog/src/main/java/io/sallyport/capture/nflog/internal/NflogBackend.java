/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Probe;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NamespaceGoneException;
import io.sallyport.kernel.NetworkNamespace;
import io.sallyport.kernel.netlink.NflogSocket;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Copies of packets by NFLOG, of each flow's first bytes only, for kernels that take no eBPF from
 * us. The rules are in the captured namespace, where a privileged container could remove them; and
 * the kernel tracks connections there from then on, whose number {@code
 * net.netfilter.nf_conntrack_max} limits.
 */
@Component
public final class NflogBackend implements CaptureBackend {
  private final Nft nft;

  /** Called by Declarative Services. */
  @Activate
  public NflogBackend() {
    this(Nft.ofHost());
  }

  NflogBackend(Nft nft) {
    this.nft = nft;
  }

  @Override
  public String name() {
    return "nflog";
  }

  @Override
  public int rank() {
    return 300;
  }

  @Override
  public Probe probe() {
    return new Trial(nft, this).run();
  }

  @Override
  public Capture open(CaptureTarget target) {
    NetworkNamespace namespace;
    try {
      namespace = NetworkNamespace.open(Path.of(target.namespacePath()));
    } catch (NamespaceGoneException e) {
      throw new CaptureException(target.name() + " has ended", e);
    } catch (KernelException e) {
      throw refused(target, e);
    }
    try {
      return namespace.call(() -> openHere(namespace, target));
    } catch (KernelException | Nft.NftException e) {
      namespace.close();
      throw refused(target, e);
    }
  }

  private static CaptureException refused(CaptureTarget target, RuntimeException e) {
    return new CaptureException(
        "cannot capture the packets of " + target.name() + ": " + e.getMessage(), e);
  }

  /** In the namespace of this thread. The rules come last, as nothing is to be undone then. */
  private Capture openHere(NetworkNamespace namespace, CaptureTarget target) {
    InstalledRules.removeLeftovers(nft);
    NflogSocket socket = Groups.open();
    try {
      Ruleset rules = Ruleset.fresh(Groups.bindFree(socket));
      Connections connections = Connections.open();
      try {
        nft.apply(rules.text(target.fullBytes()));
      } catch (Nft.NftException e) {
        connections.close();
        throw e;
      }
      return new NflogCapture(
          target.name(), socket, connections, new InstalledRules(namespace, nft, rules));
    } catch (KernelException | Nft.NftException e) {
      socket.close();
      throw e;
    }
  }
}
