@NullMarked
package io.sallyport.kernel.bpf;

import org.jspecify.annotations.NullMarked;
