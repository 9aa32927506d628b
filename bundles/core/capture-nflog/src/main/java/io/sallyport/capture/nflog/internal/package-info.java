/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.capture.nflog.internal;

import org.jspecify.annotations.NullMarked;
