/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.auth.internal;

import org.jspecify.annotations.NullMarked;
