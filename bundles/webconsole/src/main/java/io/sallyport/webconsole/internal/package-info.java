/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.webconsole.internal;

import org.jspecify.annotations.NullMarked;
