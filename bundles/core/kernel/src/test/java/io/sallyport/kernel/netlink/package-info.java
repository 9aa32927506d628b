@NullMarked
package io.sallyport.kernel.netlink;

import org.jspecify.annotations.NullMarked;
