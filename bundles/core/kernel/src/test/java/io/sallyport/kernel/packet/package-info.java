@NullMarked
package io.sallyport.kernel.packet;

import org.jspecify.annotations.NullMarked;
