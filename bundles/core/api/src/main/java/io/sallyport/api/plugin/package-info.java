/** Plugins: what was deployed, and what became of it. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
