/** NeuVector's structs, and how the model becomes them. */
@NullMarked
package io.sallyport.rest.internal.nv;

import org.jspecify.annotations.NullMarked;
