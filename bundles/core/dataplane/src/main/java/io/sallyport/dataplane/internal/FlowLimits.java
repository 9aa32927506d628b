/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/**
 * Bounds of one owner thread.
 *
 * @param maxFlows how many flows there may be; beyond, the stalest is given up
 * @param maxDatagrams how many datagrams may wait for fragments, 64 KiB each
 * @param reassemblyBytes memory for TCP bytes that came before their turn
 * @param live whether packets come as they are seen, and not from a file
 */
record FlowLimits(int maxFlows, int maxDatagrams, long reassemblyBytes, boolean live) {}
