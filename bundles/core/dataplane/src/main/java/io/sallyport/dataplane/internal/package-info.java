/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.dataplane.internal;

import org.jspecify.annotations.NullMarked;
