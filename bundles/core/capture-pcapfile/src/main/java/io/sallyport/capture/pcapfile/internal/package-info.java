/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.capture.pcapfile.internal;

import org.jspecify.annotations.NullMarked;
