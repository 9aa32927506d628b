/**
 * Errors, file descriptors, event waiting, processes and namespaces of the Linux kernel.
 *
 * <p>Calls on a hot path return a negative {@link io.sallyport.kernel.Errno} instead of throwing;
 * all others throw {@link io.sallyport.kernel.KernelException}. Memory handed to a call is native
 * memory: a segment over a Java array is refused.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.kernel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
