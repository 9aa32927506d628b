/** Protocol parsers: what a plugin implements to name and read an application protocol. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.dpi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
