/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.workloads.containerd.internal;

import org.jspecify.annotations.NullMarked;
