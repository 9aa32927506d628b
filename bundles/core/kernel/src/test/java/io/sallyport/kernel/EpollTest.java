/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EpollTest {
  @Test
  void deliversTheDataOfWhatIsReady() {
    try (Epoll epoll = Epoll.create();
        Wakeup quiet = Wakeup.create();
        Wakeup loud = Wakeup.create()) {
      EpollEvents events = new EpollEvents(4);
      epoll.add(quiet.fd(), Fd.POLLIN, 1);
      epoll.add(loud.fd(), Fd.POLLIN, 0x1234_5678_9abc_def0L);
      assertThat(epoll.await(events, 0)).isZero();

      loud.signal();
      loud.signal();
      assertThat(epoll.await(events, -1)).isEqualTo(1);
      assertThat(events.data(0)).isEqualTo(0x1234_5678_9abc_def0L);
      assertThat(events.events(0)).isEqualTo(Fd.POLLIN);
      assertThat(loud.clear()).isTrue();
      assertThat(loud.clear()).isFalse();

      quiet.signal();
      loud.signal();
      assertThat(epoll.await(events, -1)).isEqualTo(2);
      assertThat(events.data(0) + events.data(1)).isEqualTo(0x1234_5678_9abc_def1L);

      epoll.remove(quiet.fd());
      epoll.modify(loud.fd(), Fd.POLLIN, 7);
      assertThat(epoll.await(events, -1)).isEqualTo(1);
      assertThat(events.data(0)).isEqualTo(7);
    }
  }

  @Test
  void aSignalWakesAThreadThatWaits() throws Exception {
    try (Epoll epoll = Epoll.create();
        Wakeup wakeup = Wakeup.create()) {
      epoll.add(wakeup.fd(), Fd.POLLIN, 1);
      Thread waiting = Thread.ofPlatform().start(() -> epoll.await(new EpollEvents(1), -1));
      wakeup.signal();
      waiting.join();
      assertThat(wakeup.fd().poll(Fd.POLLIN, 0)).isEqualTo(Fd.POLLIN);
    }
  }

  @Test
  void refusesADescriptorTwice() {
    try (Epoll epoll = Epoll.create();
        Wakeup wakeup = Wakeup.create()) {
      epoll.add(wakeup.fd(), Fd.POLLIN, 1);
      assertThatThrownBy(() -> epoll.add(wakeup.fd(), Fd.POLLIN, 1))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    }
  }

  @Test
  void aSignalAfterCloseIsNothing() {
    Wakeup wakeup = Wakeup.create();
    wakeup.close();
    wakeup.signal();
    assertThat(wakeup.fd().isOpen()).isFalse();
  }
}
