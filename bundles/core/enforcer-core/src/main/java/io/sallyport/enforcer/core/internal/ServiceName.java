/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

/**
 * The service a container belongs to.
 *
 * @param service its name, never empty
 * @param domain the namespace, project or stack, empty where there is none
 */
record ServiceName(String service, String domain) {}
