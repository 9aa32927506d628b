/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.controller.core.internal;

import org.jspecify.annotations.NullMarked;
