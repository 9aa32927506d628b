/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.CaptureOrder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of packet captures, readable by their owner only. A file's name says what it holds:
 * {@code <id>~<started>~<workload>~<node>.pcap}. Guarded by the archive.
 */
final class CaptureFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureFiles.class);
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]+)~([0-9]{1,19})~([^~]*)~([^~]*)\\.pcap");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

  private final Path folder;

  CaptureFiles(Path folder) {
    this.folder = folder;
  }

  /** An empty file for an order. */
  StoredCapture create(CaptureOrder order, String nodeId, long startedAt) {
    Path file =
        folder.resolve(
            order.id()
                + "~"
                + startedAt
                + "~"
                + UNSAFE.matcher(order.workloadId()).replaceAll("_")
                + "~"
                + UNSAFE.matcher(nodeId).replaceAll("_")
                + ".pcap");
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new SallyportException(
          ErrorCode.INTERNAL, "packets cannot be kept in " + folder + ": " + e.getMessage(), e);
    }
    return new StoredCapture(order, nodeId, startedAt, file);
  }

  /** Writes a piece where it belongs; a node that begins again at 0 writes the file anew. */
  void write(StoredCapture capture, long offset, byte[] bytes) throws IOException {
    if (offset < 0
        || offset > capture.bytes()
        || offset + bytes.length > capture.order().maxBytes()) {
      throw new SallyportException(
          ErrorCode.INVALID_REQUEST,
          "packets of capture " + capture.id() + " at " + offset + " do not fit into its file");
    }
    try (FileChannel channel = FileChannel.open(capture.file(), StandardOpenOption.WRITE)) {
      if (offset == 0) {
        channel.truncate(0);
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest, offset + rest.position());
      }
    }
    capture.reached(offset == 0 ? bytes.length : Math.max(capture.bytes(), offset + bytes.length));
  }

  /** The file as far as it has come; it may grow, or be deleted, while it is being read. */
  InputStream open(StoredCapture capture) throws IOException {
    try {
      return Files.newInputStream(capture.file());
    } catch (NoSuchFileException e) {
      LOG.debug("{} has been deleted", capture.file(), e);
      return new ByteArrayInputStream(new byte[0]);
    }
  }

  void delete(StoredCapture capture) {
    try {
      Files.deleteIfExists(capture.file());
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", capture.file(), e.toString());
    }
  }

  /** The captures of earlier starts. */
  List<StoredCapture> kept() {
    List<StoredCapture> kept = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return kept;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.pcap")) {
      for (Path file : found) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          long size = Files.size(file);
          CaptureOrder order =
              new CaptureOrder(name.group(1), name.group(3), Duration.ZERO, size, "");
          kept.add(
              StoredCapture.kept(order, name.group(4), Long.parseLong(name.group(2)), file, size));
        }
      }
    } catch (IOException e) {
      LOG.warn("Captures of an earlier start cannot be found: {}", e.toString());
    }
    return kept;
  }
}
