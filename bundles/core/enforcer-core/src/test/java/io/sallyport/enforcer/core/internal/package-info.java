@NullMarked
package io.sallyport.enforcer.core.internal;

import org.jspecify.annotations.NullMarked;
