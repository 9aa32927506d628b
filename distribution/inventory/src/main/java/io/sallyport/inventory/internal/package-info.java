/** What a distribution is made of. */
@NullMarked
package io.sallyport.inventory.internal;

import org.jspecify.annotations.NullMarked;
