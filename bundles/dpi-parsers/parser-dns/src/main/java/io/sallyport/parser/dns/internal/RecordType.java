/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

/** Names of record types, response codes and opcodes (IANA DNS Parameters). */
final class RecordType {
  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int MX = 15;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;
  static final int DNAME = 39;
  static final int OPT = 41;
  static final int CAA = 257;

  private RecordType() {}

  static boolean plausible(int type) {
    return (type >= 1 && type <= 128)
        || (type >= 249 && type <= 262)
        || type == 32_768
        || type == 32_769
        || type >= 65_280;
  }

  static boolean plausibleClass(int type) {
    return type == 1 || type == 3 || type == 4 || type == 254 || type == 255;
  }

  static String name(int type) {
    return switch (type) {
      case A -> "A";
      case NS -> "NS";
      case CNAME -> "CNAME";
      case SOA -> "SOA";
      case 10 -> "NULL";
      case PTR -> "PTR";
      case 13 -> "HINFO";
      case MX -> "MX";
      case TXT -> "TXT";
      case 17 -> "RP";
      case 18 -> "AFSDB";
      case 24 -> "SIG";
      case 25 -> "KEY";
      case AAAA -> "AAAA";
      case 29 -> "LOC";
      case SRV -> "SRV";
      case 35 -> "NAPTR";
      case 36 -> "KX";
      case 37 -> "CERT";
      case DNAME -> "DNAME";
      case OPT -> "OPT";
      case 43 -> "DS";
      case 44 -> "SSHFP";
      case 46 -> "RRSIG";
      case 47 -> "NSEC";
      case 48 -> "DNSKEY";
      case 50 -> "NSEC3";
      case 51 -> "NSEC3PARAM";
      case 52 -> "TLSA";
      case 59 -> "CDS";
      case 60 -> "CDNSKEY";
      case 61 -> "OPENPGPKEY";
      case 64 -> "SVCB";
      case 65 -> "HTTPS";
      case 99 -> "SPF";
      case 249 -> "TKEY";
      case 250 -> "TSIG";
      case 251 -> "IXFR";
      case 252 -> "AXFR";
      case 255 -> "ANY";
      case 256 -> "URI";
      case CAA -> "CAA";
      default -> "TYPE" + type;
    };
  }

  static String rcode(int code) {
    return switch (code) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      case 6 -> "YXDOMAIN";
      case 7 -> "YXRRSET";
      case 8 -> "NXRRSET";
      case 9 -> "NOTAUTH";
      case 10 -> "NOTZONE";
      default -> "RCODE" + code;
    };
  }

  static String opcode(int code) {
    return switch (code) {
      case 0 -> "QUERY";
      case 1 -> "IQUERY";
      case 2 -> "STATUS";
      case 4 -> "NOTIFY";
      case 5 -> "UPDATE";
      default -> "OPCODE" + code;
    };
  }
}
