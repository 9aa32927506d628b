/** The picture the controller keeps: nodes, workloads, groups, conversations, sessions. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.network;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
