/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes the key by which a node's owner enters its shell: writes the private half to the file named
 * by the argument, for its owner only, and prints the public half as keys.properties wants it.
 */
void main(String[] args) throws IOException, GeneralSecurityException {
  KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
  generator.initialize(new ECGenParameterSpec("secp256r1"));
  KeyPair pair = generator.generateKeyPair();

  Path file = Path.of(args[0]);
  Files.deleteIfExists(file);
  Files.createFile(
      file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  byte[] point = point((ECPublicKey) pair.getPublic());
  byte[] key = sec1(coordinate(((ECPrivateKey) pair.getPrivate()).getS()), point);
  String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
  Files.writeString(
      file,
      "-----BEGIN EC PRIVATE KEY-----\n" + pem + "\n-----END EC PRIVATE KEY-----\n",
      StandardOpenOption.WRITE);

  IO.println(Base64.getEncoder().encodeToString(blob(point)));
}

/** The public half, uncompressed. */
byte[] point(ECPublicKey key) throws IOException {
  ByteArrayOutputStream out = new ByteArrayOutputStream();
  out.write(4);
  out.write(coordinate(key.getW().getAffineX()));
  out.write(coordinate(key.getW().getAffineY()));
  return out.toByteArray();
}

/**
 * The key in the form of RFC 5915 with its public half, which the JDK's own form leaves out and
 * Karaf's client wants. All lengths are those of the one curve.
 */
byte[] sec1(byte[] secret, byte[] point) throws IOException {
  HexFormat hex = HexFormat.of();
  ByteArrayOutputStream out = new ByteArrayOutputStream();
  out.write(hex.parseHex("30770201010420"));
  out.write(secret);
  out.write(hex.parseHex("a00a06082a8648ce3d030107a144034200"));
  out.write(point);
  return out.toByteArray();
}

/** The public key as ssh writes it: RFC 5656, section 3.1. */
byte[] blob(byte[] point) throws IOException {
  ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  DataOutputStream out = new DataOutputStream(bytes);
  for (byte[] part : new byte[][] {ascii("ecdsa-sha2-nistp256"), ascii("nistp256"), point}) {
    out.writeInt(part.length);
    out.write(part);
  }
  return bytes.toByteArray();
}

byte[] ascii(String text) {
  return text.getBytes(StandardCharsets.US_ASCII);
}

/** 32 bytes, big-endian. */
byte[] coordinate(BigInteger value) {
  byte[] signed = value.toByteArray();
  byte[] result = new byte[32];
  int length = Math.min(signed.length, 32);
  System.arraycopy(signed, signed.length - length, result, 32 - length, length);
  return result;
}
