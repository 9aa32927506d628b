/**
 * The test that every protocol parser inherits: {@link
 * io.sallyport.dpi.testkit.ProtocolParserContract}.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.dpi.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
