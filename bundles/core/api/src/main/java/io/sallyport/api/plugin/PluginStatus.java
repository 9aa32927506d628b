/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.plugin;

/**
 * A deployed file.
 *
 * @param file its name in {@code deploy/}
 * @param bundle the bundle's symbolic name, empty when the file is no bundle
 * @param version the bundle's version, empty when there is none
 * @param active whether it runs
 * @param problem why it does not, and what to do, in one line; empty when it runs
 */
public record PluginStatus(
    String file, String bundle, String version, boolean active, String problem) {}
