/** Shapes of what Sallyport serves beside NeuVector's. */
@NullMarked
package io.sallyport.rest.internal.own;

import org.jspecify.annotations.NullMarked;
