/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.parser.tls.internal;

import org.jspecify.annotations.NullMarked;
