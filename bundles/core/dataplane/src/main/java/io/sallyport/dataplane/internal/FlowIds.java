/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/**
 * How one table numbers its flows, so that numbers are unique on the node.
 *
 * @param first the first number
 * @param step from one number to the next: the number of tables
 * @param seed of the table's hash
 */
record FlowIds(long first, long step, long seed) {}
