/** What woven Karaf classes call instead of the methods that JDK 24 took away. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.jdk.compat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
