/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.network.NetworkModel;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** Completes names of the model's; nothing where there is none. */
abstract class ModelCompleter implements Completer {
  @Reference @Nullable BundleContext context;

  /** What to offer. */
  abstract Stream<String> names(NetworkModel model);

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    NetworkModel model = context == null ? null : new Services(context).find(NetworkModel.class);
    if (model == null) {
      return -1;
    }
    List<String> names = names(model).filter(name -> !name.isEmpty()).distinct().toList();
    return new StringsCompleter(names).complete(session, line, candidates);
  }
}
