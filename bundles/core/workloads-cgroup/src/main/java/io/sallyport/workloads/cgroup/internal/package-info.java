/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.workloads.cgroup.internal;

import org.jspecify.annotations.NullMarked;
