/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Containers of plain runc bundles, without a daemon: the fastest. The root file system is an
 * overlay of the image's layers, as an engine would mount it. For any thread.
 */
public final class Runc implements ContainerEngine {
  private static final class Holder {
    static final Runc SHARED = new Runc();
  }

  private final Path state = TestRun.current().folder().resolve("runc");
  private final Path bundles = TestRun.current().folder().resolve("bundles");

  private final ConcurrentMap<String, String> lowerFolders = new ConcurrentHashMap<>();

  private Runc() {}

  /** The one of this JVM. */
  public static Runc shared() {
    return Holder.SHARED;
  }

  @Override
  public Container start(ContainerSpec spec) {
    String id = spec.nameOr(TestRun.current().newName());
    Path bundle = bundles.resolve(id);
    Path root = bundle.resolve("rootfs");
    try {
      for (String folder : List.of("rootfs", "upper", "work")) {
        Files.createDirectories(bundle.resolve(folder));
      }
      Files.write(bundle.resolve("config.json"), RuncConfig.json(spec, id));
    } catch (IOException e) {
      throw new HarnessException("cannot make a bundle in " + bundle, e);
    }
    Command.of("mount", "-t", "overlay", "overlay", "-o")
        .with(
            "lowerdir=%s,upperdir=%s,workdir=%s"
                .formatted(
                    lowerFolders.computeIfAbsent(spec.image(), Images::lowerFolders),
                    bundle.resolve("upper"),
                    bundle.resolve("work")),
            root.toString())
        .run()
        .orThrow();
    run(id, bundle);
    return new Container(this, id, id, pid(bundle), spec.host().map(Host::address).orElse(""));
  }

  /** The container keeps runc's standard output, so that must not be a pipe. */
  private void run(String id, Path bundle) {
    BackgroundProcess runc =
        runc("run", "-d", "--bundle", bundle.toString())
            .with("--pid-file", bundle.resolve("pid").toString(), id)
            .start(bundle.resolve("log"));
    if (!runc.await(Duration.ofSeconds(60)) || !Files.exists(bundle.resolve("pid"))) {
      throw new HarnessException("runc cannot start " + id + ": " + runc.tail(5));
    }
  }

  private static long pid(Path bundle) {
    try {
      return Long.parseLong(Files.readString(bundle.resolve("pid")).strip());
    } catch (IOException e) {
      throw new HarnessException("runc wrote no process id to " + bundle, e);
    }
  }

  private Command runc(String... words) {
    return Command.of("runc", "--root", state.toString()).with(words);
  }

  @Override
  public Command command(Container container, String... words) {
    return runc("exec", container.id()).with(words);
  }

  @Override
  public String log(Container container) {
    return BackgroundProcess.tail(bundles.resolve(container.id()).resolve("log"), 1000);
  }

  @Override
  public void remove(Container container) {
    runc("delete", "--force", container.id()).run();
    Path bundle = bundles.resolve(container.id());
    Command.of("umount", "-l", bundle.resolve("rootfs").toString()).run();
    Command.of("rm", "-rf", "--one-file-system", bundle.toString()).run().orThrow();
  }
}
