/** Tests. */
@NullMarked
package io.sallyport.dpi.testkit;

import org.jspecify.annotations.NullMarked;
