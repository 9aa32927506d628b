/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.capture.ring.internal;

import org.jspecify.annotations.NullMarked;
