/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.output;

import java.util.List;

/** Some rows under a title. */
public record Section<T>(String title, List<Column<T>> columns, List<T> rows) {}
