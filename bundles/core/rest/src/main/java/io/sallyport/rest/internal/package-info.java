/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.rest.internal;

import org.jspecify.annotations.NullMarked;
