@NullMarked
package io.sallyport.kernel.net;

import org.jspecify.annotations.NullMarked;
