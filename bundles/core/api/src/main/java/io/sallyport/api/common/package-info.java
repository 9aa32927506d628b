/** Values that every subject shares: addresses, transports, errors, what a probe found. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.common;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
