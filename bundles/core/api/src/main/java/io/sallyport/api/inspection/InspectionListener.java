/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.inspection;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import org.osgi.annotation.versioning.ProviderType;

/** Told what an inspection finds, on the owner thread, within {@link Inspection#data}. */
@ProviderType
public interface InspectionListener {
  /** The application is known, or has become another one (after a switch of protocols). */
  void identified(Inspection inspection, Application application);

  /** The parser has read a message. */
  void message(Inspection inspection, Direction direction, Message message);
}
