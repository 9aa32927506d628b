/** Tests. */
@NullMarked
package io.sallyport.dpi.engine.internal;

import org.jspecify.annotations.NullMarked;
