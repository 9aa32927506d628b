/** Containers: what a source of them implements, and what becomes of them, workloads. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.workload;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
