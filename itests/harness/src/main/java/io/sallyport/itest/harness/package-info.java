/**
 * Real containers, networks, servers and nodes for tests. Everything that is made here is ended at
 * the latest when the JVM ends; what a killed JVM leaves, the next one removes.
 */
@NullMarked
package io.sallyport.itest.harness;

import org.jspecify.annotations.NullMarked;
