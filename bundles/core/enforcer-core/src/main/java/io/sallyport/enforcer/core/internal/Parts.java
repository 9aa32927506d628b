/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.PacketRecorder;
import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.plugin.PluginCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Services that may be absent, each as it is at the moment of asking. */
record Parts(
    Supplier<@Nullable ReportService> reports,
    Supplier<@Nullable ParserCatalog> parsers,
    Supplier<@Nullable PluginCatalog> plugins,
    Supplier<@Nullable PacketRecorder> recorder) {}
