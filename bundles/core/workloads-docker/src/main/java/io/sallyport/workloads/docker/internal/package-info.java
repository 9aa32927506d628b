/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.workloads.docker.internal;

import org.jspecify.annotations.NullMarked;
