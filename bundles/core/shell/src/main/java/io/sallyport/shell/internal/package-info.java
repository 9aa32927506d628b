/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.shell.internal;

import org.jspecify.annotations.NullMarked;
