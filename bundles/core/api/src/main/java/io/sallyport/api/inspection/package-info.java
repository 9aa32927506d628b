/**
 * Between the datapath and the protocol engine: bytes of a flow go in, its application comes out.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.inspection;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
