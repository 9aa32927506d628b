/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.dpi.Application;
import java.util.List;
import java.util.Map;

/**
 * What came of a conversation.
 *
 * @param application the application, UNKNOWN when nobody has recognised it
 * @param attributes the attributes of the flow
 * @param messages the messages, in order
 * @param wantsData whether more bytes would have been of use before the flow ended
 * @param settled whether nothing could have changed the application any more
 */
public record Reading(
    Application application,
    Map<String, List<String>> attributes,
    List<Said> messages,
    boolean wantsData,
    boolean settled) {}
