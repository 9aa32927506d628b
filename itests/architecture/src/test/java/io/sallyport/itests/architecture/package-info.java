/** Who may know whom. */
@NullMarked
package io.sallyport.itests.architecture;

import org.jspecify.annotations.NullMarked;
