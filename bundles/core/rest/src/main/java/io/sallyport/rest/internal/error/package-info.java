/** Errors as NeuVector's clients know them. */
@NullMarked
package io.sallyport.rest.internal.error;

import org.jspecify.annotations.NullMarked;
