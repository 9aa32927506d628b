/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

/**
 * A machine with a client for each {@link ServerKind}; each call is one real conversation.
 *
 * @param container where it runs
 */
public record Client(Container container) {
  private static final String PATIENCE = "10";

  /** Its IPv4 address. */
  public String address() {
    return container.address();
  }

  /** GET by curl. */
  public Result http(Server server, String path) {
    return container.exec("curl", "-sS", "-m", PATIENCE, "http://" + authority(server) + path);
  }

  /** GET by curl over TLS, for this server name, without a look at the certificate. */
  public Result https(Server server, String serverName, String path) {
    return container.exec(
        "curl",
        "-sSk",
        "-m",
        PATIENCE,
        "--connect-to",
        "::" + authority(server),
        "https://" + serverName + path);
  }

  /** A TLS handshake by openssl, with its further options. */
  public Result tls(Server server, String... options) {
    return container
        .command("openssl", "s_client", "-connect", authority(server))
        .with(options)
        .run();
  }

  /** A command by redis-cli. */
  public Result redis(Server server, String... words) {
    return container
        .command("redis-cli", "-h", server.address(), "-p", port(server))
        .with(words)
        .run();
  }

  /** A statement by psql. */
  public Result postgresql(Server server, String statement) {
    String account =
        "host=%s port=%d dbname=yelb user=yelb password=yelb"
            .formatted(server.address(), server.port());
    return container.exec("psql", account, "-At", "-c", statement);
  }

  /** A statement by the mariadb client. */
  public Result mysql(Server server, String statement) {
    return container.exec(
        "mariadb",
        "-h",
        server.address(),
        "-P",
        port(server),
        "-utest",
        "-ptest",
        "-N",
        "-e",
        statement,
        "test");
  }

  /** A request in memcached's text protocol; a {@code quit} is added. */
  public Result memcached(Server server, String request) {
    String script = "printf '%s\\r\\nquit\\r\\n' \"$1\" | nc -w " + PATIENCE + " \"$2\" \"$3\"";
    return container.exec(
        "bash", "-c", script, "memcached", request, server.address(), port(server));
  }

  /** A question by dig, such as {@code web.example AAAA}. */
  public Result dns(Server server, String name, String type) {
    return container.exec(
        "dig", "@" + server.address(), "-p", port(server), "+short", "+tries=2", name, type);
  }

  /** A command on the server by ssh. */
  public Result ssh(Server server, String command) {
    return container.exec(
        "sshpass",
        "-ptest",
        "ssh",
        "-q",
        "-p",
        port(server),
        "-oStrictHostKeyChecking=no",
        "-oUserKnownHostsFile=/dev/null",
        "root@" + server.address(),
        command);
  }

  private static String authority(Server server) {
    return server.address() + ":" + server.port();
  }

  private static String port(Server server) {
    return Integer.toString(server.port());
  }
}
