/** The query parameters that every list takes. */
@NullMarked
package io.sallyport.rest.internal.query;

import org.jspecify.annotations.NullMarked;
