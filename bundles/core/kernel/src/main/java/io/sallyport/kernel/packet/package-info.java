/**
 * Every packet of a namespace, read in place from a ring that the kernel fills (AF_PACKET,
 * TPACKET_V3).
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.kernel.packet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
