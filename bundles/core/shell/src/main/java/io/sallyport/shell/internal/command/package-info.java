/** The commands of scope sp. */
@NullMarked
package io.sallyport.shell.internal.command;

import org.jspecify.annotations.NullMarked;
