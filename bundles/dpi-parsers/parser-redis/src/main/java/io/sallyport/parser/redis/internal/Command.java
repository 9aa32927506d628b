/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.redis.internal;

import io.sallyport.api.dpi.Message;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What of a command is told: its name, its key, and further words only of commands that carry no
 * values. Passwords and stored values are never among them.
 */
final class Command {
  /** Commands whose second word belongs to their name. */
  private static final Set<String> COMPOUND =
      Set.of(
          "ACL",
          "CLIENT",
          "CLUSTER",
          "COMMAND",
          "CONFIG",
          "DEBUG",
          "FUNCTION",
          "LATENCY",
          "MEMORY",
          "MODULE",
          "OBJECT",
          "PUBSUB",
          "SCRIPT",
          "SENTINEL",
          "SLOWLOG",
          "XGROUP",
          "XINFO");

  /** Commands whose next word is a key. Of any other it could be anything, and is not told. */
  private static final Set<String> KEYED =
      Set.of(
          ("APPEND BITCOUNT BITFIELD BITPOS BLMOVE BLPOP BRPOP BRPOPLPUSH BZPOPMAX BZPOPMIN COPY"
                  + " DECR DECRBY DEL DUMP EXISTS EXPIRE EXPIREAT EXPIRETIME GEOADD GEODIST GEOHASH GEOPOS"
                  + " GEORADIUS GEOSEARCH GET GETBIT GETDEL GETEX GETRANGE GETSET HDEL HEXISTS HGET"
                  + " HGETALL HINCRBY HINCRBYFLOAT HKEYS HLEN HMGET HMSET HRANDFIELD HSCAN HSET HSETNX"
                  + " HSTRLEN HVALS INCR INCRBY INCRBYFLOAT KEYS LINDEX LINSERT LLEN LMOVE LPOP LPOS LPUSH"
                  + " LPUSHX LRANGE LREM LSET LTRIM MGET MOVE MSET MSETNX PERSIST PEXPIRE PEXPIREAT PFADD"
                  + " PFCOUNT PFMERGE PSETEX PTTL RENAME RENAMENX RESTORE RPOP RPOPLPUSH RPUSH RPUSHX SADD"
                  + " SCARD SDIFF SDIFFSTORE SET SETBIT SETEX SETNX SETRANGE SINTER SINTERSTORE SISMEMBER"
                  + " SMEMBERS SMISMEMBER SMOVE SORT SPOP SRANDMEMBER SREM SSCAN STRLEN SUBSTR SUNION"
                  + " SUNIONSTORE TOUCH TTL TYPE UNLINK WATCH XACK XADD XAUTOCLAIM XCLAIM XDEL XLEN"
                  + " XPENDING XRANGE XREVRANGE XSETID XTRIM ZADD ZCARD ZCOUNT ZINCRBY ZLEXCOUNT ZMSCORE"
                  + " ZPOPMAX ZPOPMIN ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANGESTORE ZRANK ZREM"
                  + " ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREVRANGE ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE")
              .split(" "));

  private static final Set<String> CHANNEL =
      Set.of(
          "SUBSCRIBE",
          "PSUBSCRIBE",
          "SSUBSCRIBE",
          "UNSUBSCRIBE",
          "PUNSUBSCRIBE",
          "PUBLISH",
          "SPUBLISH");

  private static final Set<String> SCRIPTED =
      Set.of("EVAL", "EVALSHA", "EVAL_RO", "EVALSHA_RO", "FCALL", "FCALL_RO");

  private static final Set<String> OTHERS =
      Set.of("AUTH", "HELLO", "PING", "ECHO", "INFO", "MULTI", "EXEC", "SELECT", "MONITOR", "SCAN");

  /** Commands whose words behind the key are positions, field names or more keys. */
  private static final Set<String> HARMLESS =
      Set.of(
          "LRANGE",
          "LINDEX",
          "LTRIM",
          "GETRANGE",
          "ZRANGE",
          "ZREVRANGE",
          "ZRANGEBYSCORE",
          "ZREVRANGEBYSCORE",
          "ZCOUNT",
          "EXPIRE",
          "PEXPIRE",
          "EXPIREAT",
          "HGET",
          "HMGET",
          "HDEL",
          "HEXISTS",
          "MGET",
          "DEL",
          "UNLINK",
          "EXISTS",
          "TOUCH",
          "XRANGE",
          "XREVRANGE",
          "SCAN",
          "SSCAN",
          "HSCAN",
          "ZSCAN",
          "BLPOP",
          "BRPOP",
          "SINTER",
          "SUNION",
          "SDIFF");

  private Command() {}

  /** The request that a command is. */
  static Message message(List<String> words) {
    String name = words.isEmpty() ? "" : words.getFirst().toUpperCase(Locale.ROOT);
    int next = 1;
    Message message = Message.request();
    if (COMPOUND.contains(name) && words.size() > 1) {
      message.with("command", name + " " + words.get(1).toUpperCase(Locale.ROOT));
      next = 2;
    } else {
      message.with("command", name);
    }
    if (name.equals("AUTH")) {
      // With two words the first is the user; a single one is the password.
      return words.size() > 2 ? message.with("user", words.get(1)) : message;
    }
    if (name.equals("SELECT") && words.size() > 1) {
      return message.with("database", words.get(1));
    }
    if (SCRIPTED.contains(name)) {
      return words.size() > 3 && !words.get(2).equals("0")
          ? message.with("key", words.get(3))
          : message;
    }
    if (words.size() > next && CHANNEL.contains(name)) {
      message.with("channel", words.get(next));
    } else if (words.size() > next && keyed(name)) {
      message.with("key", words.get(next));
      if (HARMLESS.contains(name) && words.size() > next + 1) {
        message.with("arguments", String.join(" ", words.subList(next + 1, words.size())));
      }
    }
    return message;
  }

  /** Whether it is a command's name. */
  static boolean known(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    return keyed(name)
        || CHANNEL.contains(name)
        || SCRIPTED.contains(name)
        || OTHERS.contains(name);
  }

  /** Commands of modules have a dot in their name and a key behind it. */
  private static boolean keyed(String name) {
    return KEYED.contains(name) || COMPOUND.contains(name) || name.indexOf('.') > 0;
  }

  static boolean subscribes(List<String> words) {
    return !words.isEmpty() && words.getFirst().toUpperCase(Locale.ROOT).endsWith("SUBSCRIBE");
  }
}
