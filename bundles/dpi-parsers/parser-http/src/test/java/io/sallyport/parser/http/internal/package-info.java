/** Tests. */
@NullMarked
package io.sallyport.parser.http.internal;

import org.jspecify.annotations.NullMarked;
