@NullMarked
package io.sallyport.itest.harness;

import org.jspecify.annotations.NullMarked;
