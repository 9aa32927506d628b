/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.parser.dns.internal;

import org.jspecify.annotations.NullMarked;
