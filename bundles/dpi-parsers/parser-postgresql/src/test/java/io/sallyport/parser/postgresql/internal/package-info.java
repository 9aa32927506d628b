/** Tests. */
@NullMarked
package io.sallyport.parser.postgresql.internal;

import org.jspecify.annotations.NullMarked;
