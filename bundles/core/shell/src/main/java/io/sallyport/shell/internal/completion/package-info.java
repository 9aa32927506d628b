/** What the tab key offers, and where services are found. */
@NullMarked
package io.sallyport.shell.internal.completion;

import org.jspecify.annotations.NullMarked;
