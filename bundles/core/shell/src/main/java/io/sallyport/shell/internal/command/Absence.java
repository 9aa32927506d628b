/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

/** What to say when a part is not here. */
final class Absence {
  static final String CONTROLLER =
      "The controller is not running here. On an enforcer, see sp:status and sp:workloads for what"
          + " is local; ask the controller's shell for the rest.";
  static final String CAPTURES =
      "Packet captures are not available here: the controller is not running. Use the controller's"
          + " shell.";
  static final String REPLAY =
      "Nothing here can read packet files: the datapath is not running. Use an enforcer's or the"
          + " all-in-one's shell.";

  private Absence() {}
}
