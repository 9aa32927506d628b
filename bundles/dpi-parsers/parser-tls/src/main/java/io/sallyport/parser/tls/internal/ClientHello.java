/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;
import org.jspecify.annotations.Nullable;

/** Reads a client's hello: what it offers, whom it calls, and its fingerprint. */
final class ClientHello {
  private static final int MAX_VALUES = 256;

  private final Bytes data;
  private final Message message = Message.notice();
  private final ListHashes hashes;
  private final int[] ciphers;
  private final int[] extensions;
  private final int[] signatures;
  private int cipherCount;
  private int extensionCount;
  private int signatureCount;
  private int version;
  private int alpnFrom = -1;
  private @Nullable String serverName;

  private ClientHello(Bytes data, ListHashes hashes, int length) {
    this.data = data;
    this.hashes = hashes;
    // Every value has two bytes.
    int most = Math.clamp(length / 2, 0, MAX_VALUES);
    this.ciphers = new int[most];
    this.extensions = new int[most];
    this.signatures = new int[most];
  }

  /**
   * Reads a hello.
   *
   * @param from where its body begins, behind the handshake header
   * @return null when it is malformed
   */
  static @Nullable Message read(Bytes data, int from, int to, ListHashes hashes) {
    ClientHello hello = new ClientHello(data, hashes, to - from);
    return hello.body(from, to) ? hello.finish() : null;
  }

  private boolean body(int from, int to) {
    version = data.u16(from);
    int session = from + 34;
    int list = session + 1 + data.u8(session);
    int ciphersEnd = list + 2 + data.u16(list);
    int compression = ciphersEnd;
    int compressionEnd = compression + 1 + data.u8(compression);
    if (data.u8(session) < 0 || data.u16(list) < 0 || compressionEnd > to) {
      return false;
    }
    cipherCount = values(list + 2, ciphersEnd, ciphers);
    Extensions.walk(data, compressionEnd, to, this::extension);
    return true;
  }

  private void extension(int type, int from, int to) {
    if (!Handshake.isGrease(type) && extensionCount < extensions.length) {
      extensions[extensionCount++] = type;
    }
    switch (type) {
      case Handshake.SERVER_NAME -> serverName(from, to);
      case Handshake.ALPN -> {
        alpnFrom = from + 2;
        Extensions.protocols(data, from, to, message);
      }
      case Handshake.SIGNATURE_ALGORITHMS ->
          signatureCount = values(from + 2, Math.min(to, from + 2 + data.u16(from)), signatures);
      case Handshake.SUPPORTED_VERSIONS -> {
        int best = 0;
        for (int at = from + 1; at + 2 <= to; at += 2) {
          int offered = data.u16(at);
          if (!Handshake.isGrease(offered)) {
            best = Math.max(best, offered);
          }
        }
        version = best == 0 ? version : best;
      }
      default -> {
        // Others count for the fingerprint only.
      }
    }
  }

  /** A list of names, of which only host names are defined: length (2), type (1), length (2). */
  private void serverName(int from, int to) {
    int length = data.u16(from + 3);
    if (data.u8(from + 2) == 0 && length > 0 && from + 5 + length <= to) {
      serverName = data.text(from + 5, from + 5 + length);
    }
  }

  /** Two-byte values without GREASE. */
  private int values(int from, int to, int[] into) {
    int count = 0;
    for (int at = from; at + 2 <= to && count < into.length; at += 2) {
      int value = data.u16(at);
      if (!Handshake.isGrease(value)) {
        into[count++] = value;
      }
    }
    return count;
  }

  private Message finish() {
    String fingerprint =
        new Ja4(hashes, version, serverName != null, alpnEnds())
            .ciphers(ciphers, cipherCount)
            .extensions(extensions, extensionCount, signatures, signatureCount)
            .toString();
    return message
        .with("sni", serverName)
        .with("client_version", Handshake.version(version))
        .with("ja4", fingerprint);
  }

  /** The first and the last byte of the first protocol, as two bytes; -1 without one. */
  private int alpnEnds() {
    int length = alpnFrom < 0 ? 0 : data.u8(alpnFrom);
    return length <= 0 ? -1 : data.u8(alpnFrom + 1) << 8 | data.u8(alpnFrom + length);
  }
}
