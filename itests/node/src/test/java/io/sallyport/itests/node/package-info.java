/** The walk on a running node, beside real containers. */
@NullMarked
package io.sallyport.itests.node;

import org.jspecify.annotations.NullMarked;
