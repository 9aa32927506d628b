/** The weaving hook. */
@NullMarked
package io.sallyport.jdk.compat.internal;

import org.jspecify.annotations.NullMarked;
