/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.replay.internal;

import org.jspecify.annotations.NullMarked;
