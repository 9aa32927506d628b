/** A model, users and captures that tests can shape. */
@NullMarked
package io.sallyport.rest.internal.fake;

import org.jspecify.annotations.NullMarked;
