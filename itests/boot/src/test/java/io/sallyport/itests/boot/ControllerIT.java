/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.boot;

import java.util.List;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The controller distribution. */
public class ControllerIT extends BootedController {

  /** How it is started. */
  @Configuration
  public Option[] node() {
    return Nodes.options("controller");
  }

  @Override
  List<String> expectedFeatures() {
    return List.of(
        "sallyport-base", "sallyport-controller", "sallyport-webconsole", "sallyport-shell");
  }
}
