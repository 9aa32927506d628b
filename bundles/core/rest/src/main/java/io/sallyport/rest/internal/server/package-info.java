/** The server: who may call, how requests get to resources, TLS. */
@NullMarked
package io.sallyport.rest.internal.server;

import org.jspecify.annotations.NullMarked;
