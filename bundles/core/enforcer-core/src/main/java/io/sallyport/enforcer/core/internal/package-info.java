/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.enforcer.core.internal;

import org.jspecify.annotations.NullMarked;
