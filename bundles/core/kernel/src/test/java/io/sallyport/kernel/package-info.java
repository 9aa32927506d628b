@NullMarked
package io.sallyport.kernel;

import org.jspecify.annotations.NullMarked;
