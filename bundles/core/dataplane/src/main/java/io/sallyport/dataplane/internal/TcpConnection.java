/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/** What is known of a TCP connection. */
final class TcpConnection {
  final TcpStream toServer = new TcpStream();
  final TcpStream toClient = new TcpStream();
  boolean reset;

  /** A SYN that may be the beginning of another connection between the same ports. */
  boolean synPending;

  boolean synToServer;
  int synSequence;

  TcpStream stream(boolean server) {
    return server ? toServer : toClient;
  }
}
