/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.parser.mysql.internal;

import org.jspecify.annotations.NullMarked;
