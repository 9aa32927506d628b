/** What is served, by subject. */
@NullMarked
package io.sallyport.rest.internal.resource;

import org.jspecify.annotations.NullMarked;
