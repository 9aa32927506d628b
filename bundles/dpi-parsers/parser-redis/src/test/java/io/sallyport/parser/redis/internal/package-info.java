/** Tests. */
@NullMarked
package io.sallyport.parser.redis.internal;

import org.jspecify.annotations.NullMarked;
