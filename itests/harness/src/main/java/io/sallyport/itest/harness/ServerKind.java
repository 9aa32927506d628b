/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

/** The real servers that a lab can start. */
public enum ServerKind {
  /** nginx that answers {@code hello}. */
  HTTP("web", 80),
  /** nginx with TLS 1.2 and 1.3, and a certificate of its own for {@code web.example}. */
  TLS("web", 443),
  /** PostgreSQL: database, user and password are {@code yelb}. */
  POSTGRESQL("yelb-db", 5432),
  /** Redis. */
  REDIS("redis-server", 6379),
  /** MariaDB: database, user and password are {@code test}. */
  MYSQL("mariadb", 3306),
  /** memcached. */
  MEMCACHED("memcached", 11211),
  /** OpenSSH: root with the password {@code test}. */
  SSH("sshd", 22),
  /**
   * dnsmasq: {@code web.example} has an address, {@code txt.example} a text, no other name exists.
   */
  DNS("dns", 53);

  private final String image;
  private final int port;

  ServerKind(String image, int port) {
    this.image = image;
    this.port = port;
  }

  /** The image that it runs from. */
  public String image() {
    return image;
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }
}
