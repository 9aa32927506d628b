/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

/** The applications that NeuVector names, with its names and numbers. */
public final class Applications {
  public static final Application HTTP = new Application(1001, "HTTP");
  public static final Application SSL = new Application(1002, "SSL");
  public static final Application SSH = new Application(1003, "SSH");
  public static final Application DNS = new Application(1004, "DNS");
  public static final Application DHCP = new Application(1005, "DHCP");
  public static final Application NTP = new Application(1006, "NTP");
  public static final Application TFTP = new Application(1007, "TFTP");
  public static final Application ECHO = new Application(1008, "ECHO");
  public static final Application RTSP = new Application(1009, "RTSP");
  public static final Application SIP = new Application(1010, "SIP");
  public static final Application MYSQL = new Application(2001, "MySQL");
  public static final Application REDIS = new Application(2002, "Redis");
  public static final Application ZOOKEEPER = new Application(2003, "ZooKeeper");
  public static final Application CASSANDRA = new Application(2004, "Cassandra");
  public static final Application MONGODB = new Application(2005, "MongoDB");
  public static final Application POSTGRESQL = new Application(2006, "PostgreSQL");
  public static final Application KAFKA = new Application(2007, "Kafka");
  public static final Application COUCHBASE = new Application(2008, "Couchbase");
  public static final Application WORDPRESS = new Application(2009, "WordPress");
  public static final Application ACTIVEMQ = new Application(2010, "ActiveMQ");
  public static final Application COUCHDB = new Application(2011, "CouchDB");
  public static final Application ELASTICSEARCH = new Application(2012, "ElasticSearch");
  public static final Application MEMCACHED = new Application(2013, "Memcached");
  public static final Application RABBITMQ = new Application(2014, "RabbitMQ");
  public static final Application RADIUS = new Application(2015, "Radius");
  public static final Application VOLTDB = new Application(2016, "VoltDB");
  public static final Application CONSUL = new Application(2017, "Consul");
  public static final Application SYSLOG = new Application(2018, "Syslog");
  public static final Application ETCD = new Application(2019, "Etcd");
  public static final Application SPARK = new Application(2020, "Spark");
  public static final Application APACHE = new Application(2021, "Apache");
  public static final Application NGINX = new Application(2022, "nginx");
  public static final Application JETTY = new Application(2023, "Jetty");
  public static final Application NODEJS = new Application(2024, "NodeJS");
  public static final Application ERLANG_EPMD = new Application(2025, "Erlang-epmd");
  public static final Application TNS = new Application(2026, "TNS");
  public static final Application TDS = new Application(2027, "TDS");
  public static final Application GRPC = new Application(2028, "GRPC");

  private Applications() {}
}
