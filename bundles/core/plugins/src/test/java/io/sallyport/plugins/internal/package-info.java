/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.plugins.internal;

import org.jspecify.annotations.NullMarked;
