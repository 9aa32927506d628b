/** Implementation; nothing here is for others. */
@NullMarked
package io.sallyport.parser.ssh.internal;

import org.jspecify.annotations.NullMarked;
