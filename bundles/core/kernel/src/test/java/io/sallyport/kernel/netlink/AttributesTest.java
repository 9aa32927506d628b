/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
  private static NetlinkRequest sample() {
    NetlinkRequest request = new NetlinkRequest().begin(77, 0).netfilter(2, 0x1234);
    request.attributeU8(1, 0xab).attributeText(2, "text");
    int nest = request.beginNest(3);
    request.attributeBe32(4, 0x01020304).attributeBe64(5, 0x0102030405060708L);
    request.endNest(nest).attributeBe16(6, 0xfffe).attributeU32(7, -2);
    request.complete(9, 1);
    return request;
  }

  @Test
  void readsWhatWasWritten() {
    NetlinkRequest request = sample();
    NetlinkMessages messages = new NetlinkMessages().over(request.memory(), 0, request.length());
    assertThat(messages.next()).isTrue();
    assertThat(messages.type()).isEqualTo(77);
    assertThat(messages.sequence()).isEqualTo(9);
    assertThat(messages.flags()).isEqualTo(1);
    assertThat(messages.u8(0)).isEqualTo(2);
    Attributes attributes = messages.attributes(4, new Attributes());
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.u8()).isEqualTo(0xab);
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.text()).isEqualTo("text");
    assertThat(attributes.length()).isEqualTo(5);
    assertThat(attributes.next()).isTrue();
    Attributes inner = attributes.nested(new Attributes());
    assertThat(inner.next()).isTrue();
    assertThat(inner.be32()).isEqualTo(0x01020304);
    assertThat(inner.next()).isTrue();
    assertThat(inner.be64()).isEqualTo(0x0102030405060708L);
    assertThat(inner.next()).isFalse();
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.be16()).isEqualTo(0xfffe);
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.u32()).isEqualTo(-2);
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.malformed()).isFalse();
    assertThat(messages.next()).isFalse();
    assertThat(messages.malformed()).isFalse();
  }

  @Test
  void refusesALengthThatLies() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(16, 4);
      for (int length : new int[] {0, 3, 17, 0xffff}) {
        bytes.set(JAVA_SHORT, 0, (short) length);
        Attributes attributes = new Attributes().over(bytes, 0, 16);
        assertThat(attributes.next()).isFalse();
        assertThat(attributes.malformed()).isTrue();
      }
      for (int length : new int[] {0, 15, 17, -1, Integer.MIN_VALUE}) {
        bytes.set(JAVA_INT, 0, length);
        NetlinkMessages messages = new NetlinkMessages().over(bytes, 0, 16);
        assertThat(messages.next()).isFalse();
        assertThat(messages.malformed()).isTrue();
      }
    }
  }

  @Test
  void refusesANumberThatIsTooShort() {
    NetlinkRequest request = new NetlinkRequest().begin(1, 0).attributeU8(1, 1);
    Attributes attributes = new Attributes().over(request.memory(), NetlinkRequest.HEADER, 5);
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.be32()).isZero();
    assertThat(attributes.malformed()).isTrue();
    assertThat(attributes.next()).isFalse();
  }

  @Test
  void anyBytesAreReadWithoutAnException() {
    Random random = new Random(1);
    ConntrackFlow flow = new ConntrackFlow();
    NetlinkMessages messages = new NetlinkMessages();
    NetlinkRequest sample = sample();
    try (Arena arena = Arena.ofConfined()) {
      for (int round = 0; round < 50_000; round++) {
        int size = random.nextInt(128);
        MemorySegment bytes = arena.allocate(Math.max(1, size), 8);
        for (int i = 0; i < size; i++) {
          bytes.set(
              JAVA_BYTE,
              i,
              (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(24)));
        }
        if (round % 2 == 0) {
          long same = Math.min(size, sample.length());
          MemorySegment.copy(sample.memory(), 0, bytes, 0, same);
          if (size > 0) {
            bytes.set(JAVA_BYTE, random.nextInt(size), (byte) random.nextInt());
          }
        }
        messages.over(bytes, 0, size);
        while (messages.next()) {
          assertThat(flow.read(messages)).isFalse();
          RouteMessages.link(messages);
          RouteMessages.address(messages);
        }
      }
    }
  }

  @Test
  void refusesToWriteBeyondItsRoom() {
    NetlinkRequest request = new NetlinkRequest(32).begin(1, 0);
    assertThatThrownBy(() -> request.attributeBytes(1, new byte[40]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
