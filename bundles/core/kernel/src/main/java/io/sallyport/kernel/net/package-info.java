/** Sockets, their options and their batches of messages. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.kernel.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
