/** Packets: what a capture backend implements. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.capture;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
