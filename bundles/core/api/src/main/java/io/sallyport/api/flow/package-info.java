/** Flows and conversations: what the datapath saw on one host. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.flow;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
