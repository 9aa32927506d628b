/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

/**
 * How much is kept between two reports.
 *
 * @param conversations conversations of the whole node, those told already among them
 * @param trackedFlows live flows of one workload
 * @param flows flows in one report, and of one workload between two
 * @param messages messages in one report, and of one workload between two
 */
record FlowBounds(int conversations, int trackedFlows, int flows, int messages) {}
