/** Who may do what: users, tokens, roles. */
@Export
@Version("1.0.0")
@NullMarked
package io.sallyport.api.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
