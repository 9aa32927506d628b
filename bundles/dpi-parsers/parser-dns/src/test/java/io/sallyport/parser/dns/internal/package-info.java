/** Tests. */
@NullMarked
package io.sallyport.parser.dns.internal;

import org.jspecify.annotations.NullMarked;
