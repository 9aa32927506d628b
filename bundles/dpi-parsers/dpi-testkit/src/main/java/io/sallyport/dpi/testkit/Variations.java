/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.dpi.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The same conversation as it may come over a real network, or from somebody malicious. */
final class Variations {
  /** Longer steps are split at places picked from all over them, not at each. */
  private static final int SPLITS = 600;

  private Variations() {}

  /** Each step split in two at one place: one variation a place. */
  static List<List<Step>> splits(Conversation conversation) {
    List<Step> steps = conversation.steps();
    List<List<Step>> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      int stride = Math.max(1, step.length() / SPLITS);
      for (int at = 1; at < step.length(); at += stride) {
        List<Step> split = new ArrayList<>(steps);
        split.set(i, step.part(0, at));
        split.add(i + 1, step.part(at, step.length()));
        all.add(split);
      }
    }
    return all;
  }

  /** One byte at a time. */
  static List<Step> bytewise(Conversation conversation) {
    List<Step> single = new ArrayList<>();
    for (Step step : conversation.steps()) {
      for (int i = 0; i < step.length(); i++) {
        single.add(step.part(i, i + 1));
      }
    }
    return single;
  }

  /** All that one side says, then all that the other says. */
  static List<Step> first(Conversation conversation, Direction direction) {
    List<Step> ordered = new ArrayList<>();
    conversation.steps().stream().filter(s -> s.direction() == direction).forEach(ordered::add);
    conversation.steps().stream().filter(s -> s.direction() != direction).forEach(ordered::add);
    return ordered;
  }

  /** The conversation without its first steps, and without the first bytes of a step. */
  static List<List<Step>> lateStarts(Conversation conversation) {
    List<Step> steps = conversation.steps();
    List<List<Step>> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      all.add(steps.subList(i, steps.size()));
      Step step = steps.get(i);
      int stride = Math.max(1, step.length() / 40);
      for (int at = 1; at < step.length(); at += stride) {
        List<Step> late = new ArrayList<>(steps.subList(i, steps.size()));
        late.set(0, step.part(at, step.length()));
        all.add(late);
      }
    }
    return all;
  }

  /** A gap in place of each step, and in place of a step's first, middle and last part. */
  static List<List<Step>> gaps(Conversation conversation) {
    List<Step> steps = conversation.steps();
    List<List<Step>> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      int length = step.length();
      for (int[] cut :
          new int[][] {
            {0, length}, {0, length / 2}, {length / 3, length}, {length / 3, length / 2}
          }) {
        if (cut[1] > cut[0]) {
          List<Step> gap = new ArrayList<>(steps.subList(0, i));
          gap.add(step.part(0, cut[0]));
          gap.add(Step.gap(step.direction(), cut[1] - cut[0]));
          gap.add(step.part(cut[1], length));
          gap.addAll(steps.subList(i + 1, steps.size()));
          all.add(gap);
        }
      }
    }
    return all;
  }

  /** Each step cut short, with the others as they were. */
  static List<List<Step>> truncations(Conversation conversation) {
    List<Step> steps = conversation.steps();
    List<List<Step>> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      int stride = Math.max(1, step.length() / 200);
      for (int at = 0; at < step.length(); at += stride) {
        List<Step> cut = new ArrayList<>(steps);
        cut.set(i, step.part(0, at));
        all.add(cut);
      }
    }
    return all;
  }

  /** A few random changes: bytes changed, inserted, removed, repeated; steps split or swapped. */
  static List<Step> mutation(Conversation conversation, SplittableRandom random) {
    List<Step> steps = new ArrayList<>(conversation.steps());
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes && !steps.isEmpty(); i++) {
      int which = random.nextInt(steps.size());
      Step step = steps.get(which);
      switch (random.nextInt(10)) {
        case 0 -> steps.add(which, step);
        case 1 -> steps.remove(which);
        case 2 -> steps.set(which, step.reversed());
        case 3 -> {
          int at = random.nextInt(step.length() + 1);
          steps.set(which, step.part(0, at));
          steps.add(which + 1, step.part(at, step.length()));
        }
        default -> steps.set(which, Step.data(step.direction(), mutated(step.bytes(), random)));
      }
    }
    return steps;
  }

  /** Steps of random bytes. */
  static List<Step> noise(SplittableRandom random) {
    List<Step> steps = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[1 + random.nextInt(300)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        // Half of them printable, with line breaks, as many protocols are text.
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = (byte) (random.nextInt(12) == 0 ? '\n' : 32 + (bytes[j] & 0x3f));
        }
      }
      steps.add(Step.data(random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT, bytes));
    }
    return steps;
  }

  private static byte[] mutated(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int count = 1 + random.nextInt(Math.min(8, bytes.length - at));
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> Arrays.fill(bytes, at, at + count, (byte) 0xff);
      case 3 -> Arrays.fill(bytes, at, at + count, (byte) 0);
      case 4 -> {
        byte[] shorter = new byte[bytes.length - count];
        System.arraycopy(bytes, 0, shorter, 0, at);
        System.arraycopy(bytes, at + count, shorter, at, shorter.length - at);
        return shorter;
      }
      default -> {
        int copies = 1 + random.nextInt(3);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + count * copies);
        System.arraycopy(bytes, at, longer, at + count * copies, bytes.length - at);
        for (int i = 0; i < copies; i++) {
          System.arraycopy(bytes, at, longer, at + i * count, count);
        }
        return longer;
      }
    }
    return bytes;
  }
}
