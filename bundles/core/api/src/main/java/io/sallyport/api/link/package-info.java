/** The two services by which a host and the controller meet: policy comes down, reports go up. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.link;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
