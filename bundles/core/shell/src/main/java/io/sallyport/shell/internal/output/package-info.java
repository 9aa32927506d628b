/** How every command prints: tables, JSON, or plain. */
@NullMarked
package io.sallyport.shell.internal.output;

import org.jspecify.annotations.NullMarked;
