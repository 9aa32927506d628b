/** Programs and maps inside the kernel, loaded through libbpf (1.0 or later). */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.kernel.bpf;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
