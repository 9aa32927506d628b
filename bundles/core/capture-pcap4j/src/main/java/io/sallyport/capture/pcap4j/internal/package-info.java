/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.capture.pcap4j.internal;

import org.jspecify.annotations.NullMarked;
