/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {
  @Test
  void tellsWhatHappensInAFolder(@TempDir Path folder) throws Exception {
    try (Inotify inotify = Inotify.create()) {
      int watch = inotify.watch(folder, Inotify.IN_CREATE | Inotify.IN_DELETE);
      Files.createFile(folder.resolve("file"));
      Files.createDirectory(folder.resolve("a folder"));
      Files.delete(folder.resolve("file"));
      assertThat(inotify.fd().poll(Fd.POLLIN, -1)).isEqualTo(Fd.POLLIN);
      List<String> events = new ArrayList<>();
      int count = inotify.drain((w, mask, name) -> events.add(w + " " + mask + " " + name));
      assertThat(count).isEqualTo(3);
      assertThat(events)
          .containsExactly(
              watch + " " + Inotify.IN_CREATE + " file",
              watch + " " + (Inotify.IN_CREATE | Inotify.IN_ISDIR) + " a folder",
              watch + " " + Inotify.IN_DELETE + " file");
      inotify.unwatch(watch);
      inotify.unwatch(watch);
      assertThat(inotify.drain((w, mask, name) -> assertThat(mask).isEqualTo(Inotify.IN_IGNORED)))
          .isEqualTo(1);
    }
  }

  @Test
  void saysWhatCannotBeWatched() {
    try (Inotify inotify = Inotify.create()) {
      assertThatThrownBy(() -> inotify.watch(Path.of("/none/such"), Inotify.IN_CREATE))
          .isInstanceOf(KernelException.class)
          .hasMessageStartingWith("watch /none/such: No such file");
    }
  }
}
