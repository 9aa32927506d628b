/**
 * Netlink: links and addresses, connection tracking, logged packets, generic families.
 *
 * <p>What arrives is checked at every length: a message that lies about one is counted and skipped.
 * Messages that do not come from the kernel are ignored.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.kernel.netlink;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
