/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.parser.http.internal;

import org.jspecify.annotations.NullMarked;
