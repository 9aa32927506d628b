/** The C library's functions as they are: results below zero are negated error numbers. */
@NullMarked
package io.sallyport.kernel.internal;

import org.jspecify.annotations.NullMarked;
