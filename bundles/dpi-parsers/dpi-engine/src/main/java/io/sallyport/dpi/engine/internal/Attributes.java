/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read on one flow, within bounds. Two arrays rather than a hash map: a node has tens of
 * thousands of these, each with a handful of names.
 */
final class Attributes extends AbstractMap<String, List<String>> {
  static final int NAMES = 32;
  static final int VALUES = 16;
  static final int CHARACTERS = 1_024;

  private String[] names = new String[4];
  private String[][] values = new String[4][];
  private int size;

  /** Adds a value; answers false when a bound has cut it, or left it out. */
  boolean add(String name, String value) {
    boolean whole = name.length() <= CHARACTERS && value.length() <= CHARACTERS;
    String cutName = cut(name);
    String cutValue = cut(value);
    int index = index(cutName);
    if (index < 0) {
      if (size == NAMES) {
        return false;
      }
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = cutName;
      values[size++] = new String[] {cutValue};
      return whole;
    }
    String[] known = values[index];
    for (String one : known) {
      if (one.equals(cutValue)) {
        return whole;
      }
    }
    if (known.length == VALUES) {
      return false;
    }
    String[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = cutValue;
    values[index] = more;
    return whole;
  }

  void forget() {
    size = 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public @Nullable List<String> get(@Nullable Object key) {
    int index = key instanceof String name ? index(name) : -1;
    return index < 0 ? null : List.of(values[index]);
  }

  @Override
  public Set<Map.Entry<String, List<String>>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, List<String>>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private int index(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS);
  }

  private final class Entries implements Iterator<Map.Entry<String, List<String>>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Map.Entry<String, List<String>> next() {
      if (next >= size) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, List<String>> entry = Map.entry(names[next], List.of(values[next]));
      next++;
      return entry;
    }
  }
}
