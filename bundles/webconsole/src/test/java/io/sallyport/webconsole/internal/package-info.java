/** Tests of the console's server, over real HTTP. */
@NullMarked
package io.sallyport.webconsole.internal;

import org.jspecify.annotations.NullMarked;
