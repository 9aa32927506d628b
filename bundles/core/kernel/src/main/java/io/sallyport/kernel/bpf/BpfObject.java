/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.internal.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A compiled BPF object file: opened, adjusted, loaded, then attached. For one thread until it is
 * loaded; its maps may then be used from any. Closing it detaches and unloads what nobody else
 * holds: links and maps that are pinned stay.
 */
public final class BpfObject implements AutoCloseable {
  private static final int MAX_NAME = 256;

  private final String name;
  private final MemorySegment object;
  private final Arena file;
  private final Arena sections = Arena.ofShared();
  private final List<BpfLink> links = new ArrayList<>();
  private boolean open = true;

  private BpfObject(String name, MemorySegment object, Arena file) {
    this.name = name;
    this.object = object;
    this.file = file;
  }

  /**
   * Reads an object file that is in memory.
   *
   * @param name what to call it in messages
   * @throws BpfException if it is no BPF object
   * @throws BpfUnavailableException if there is no libbpf
   */
  public static BpfObject open(String name, byte[] file) {
    Libbpf.require();
    Arena arena = Arena.ofShared();
    StringBuilder log = new StringBuilder();
    MemorySegment bytes = arena.allocate(file.length, Long.BYTES);
    MemorySegment.copy(file, 0, bytes, JAVA_BYTE, 0, file.length);
    MemorySegment object =
        Libbpf.logged(log, () -> ObjectCalls.openObject(bytes, file.length, MemorySegment.NULL));
    if (object.address() == 0) {
      int errno = Native.errno();
      arena.close();
      throw new BpfException("open BPF object " + name, errno, log.toString());
    }
    return new BpfObject(name, object, arena);
  }

  /** The names of its programs. */
  public List<String> programs() {
    List<String> names = new ArrayList<>();
    MemorySegment program = ObjectCalls.nextProgram(object(), MemorySegment.NULL);
    while (program.address() != 0) {
      names.add(Native.text(ObjectCalls.programName(program), MAX_NAME));
      program = ObjectCalls.nextProgram(object, program);
    }
    return names;
  }

  /** Leaves a program out, if this kernel cannot take it. Before loading. */
  public BpfObject without(String program) {
    check("leave out program " + program, o -> ObjectCalls.autoload(find(program), 0));
    return this;
  }

  /** Gives a map another size than in the source. Before loading. */
  public BpfObject size(String map, int entries) {
    check("size map " + map, o -> MapCalls.setMaxEntries(mapOf(map), entries));
    return this;
  }

  /** Uses a map that exists in place of the object's own of that name. Before loading. */
  public BpfObject reuse(String map, Fd existing) {
    check("reuse map " + map, o -> MapCalls.reuseFd(mapOf(map), existing.number()));
    return this;
  }

  /**
   * The first content of a data section, to write constants into. Before loading; void after.
   *
   * @param section {@code ".rodata"} for {@code const volatile} variables, {@code ".data"}
   */
  public MemorySegment section(String section) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment size = scratch.allocate(JAVA_LONG);
      MemorySegment bytes = MapCalls.initialValue(mapOf(section), size);
      if (bytes.address() == 0) {
        throw new BpfException("write " + section + " of " + name, Native.errno(), "");
      }
      return Native.memory(bytes, size.get(JAVA_LONG, 0), sections);
    }
  }

  /** Loads maps and programs into the kernel, which verifies them. */
  public BpfObject load() {
    check("load BPF object", ObjectCalls::loadObject);
    return this;
  }

  /** A map, once loaded; it lives as long as this object. ENOENT if there is none. */
  public BpfMap map(String map) {
    return new BpfMap(map, mapOf(map));
  }

  /**
   * A loaded program, for instance to be a socket's filter. The caller closes the descriptor; the
   * program lives on as long as a socket or link holds it, even when this object is closed.
   */
  public Fd program(String program) {
    int fd = ObjectCalls.programFd(find(program));
    if (fd < 0) {
      throw new BpfException("program " + program + " of " + name, fd, "it is not loaded");
    }
    return Fd.duplicate(fd);
  }

  /** Attaches a loaded program where its section says. Closed with this object at the latest. */
  public BpfLink attach(String program) {
    StringBuilder log = new StringBuilder();
    MemorySegment found = find(program);
    MemorySegment link = Libbpf.logged(log, () -> ObjectCalls.attach(found));
    if (link.address() == 0) {
      throw new BpfException(
          "attach program " + program + " of " + name, Native.errno(), log.toString());
    }
    BpfLink attached = new BpfLink(program, link);
    links.add(attached);
    return attached;
  }

  /** Detaches, and unloads what is neither pinned nor held by something else, such as a socket. */
  @Override
  public void close() {
    if (open) {
      // First, so that nobody touches a section once libbpf has unmapped it.
      sections.close();
      open = false;
      links.forEach(BpfLink::close);
      ObjectCalls.closeObject(object);
      file.close();
    }
  }

  private MemorySegment object() {
    if (!open) {
      throw new IllegalStateException("BPF object " + name + " is closed");
    }
    return object;
  }

  private MemorySegment mapOf(String map) {
    return named("map", map, ObjectCalls::findMap);
  }

  private MemorySegment find(String program) {
    return named("program", program, ObjectCalls::findProgram);
  }

  private interface Finder {
    MemorySegment find(MemorySegment object, MemorySegment name);
  }

  private MemorySegment named(String kind, String wanted, Finder finder) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment found = finder.find(object(), scratch.allocateFrom(wanted));
      if (found.address() == 0) {
        throw new BpfException(
            kind + " " + wanted, Errno.ENOENT.code(), "BPF object " + name + " has none");
      }
      return found;
    }
  }

  private void check(String operation, ToIntFunction<MemorySegment> call) {
    StringBuilder log = new StringBuilder();
    MemorySegment target = object();
    int result = Libbpf.logged(log, () -> call.applyAsInt(target));
    if (result < 0) {
      throw new BpfException(operation + " of " + name, result, log.toString());
    }
  }
}
