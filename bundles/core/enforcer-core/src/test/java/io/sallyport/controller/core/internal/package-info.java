/** Puts the other half together for tests. */
@NullMarked
package io.sallyport.controller.core.internal;

import org.jspecify.annotations.NullMarked;
