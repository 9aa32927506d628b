/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.dpi.ProtocolParser;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads component descriptors (OSGi Compendium, 112.4). */
final class Descriptor {
  // Making one takes longer than reading a descriptor.
  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  Descriptor() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  /** The class that it describes, if that is a protocol parser; null if not. */
  @Nullable String parserClass(InputStream in) throws XMLStreamException {
    XMLStreamReader reader = factory.createXMLStreamReader(in);
    String implementation = null;
    boolean parser = false;
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "implementation" -> implementation = reader.getAttributeValue(null, "class");
          case "provide" ->
              parser |=
                  ProtocolParser.class
                      .getName()
                      .equals(reader.getAttributeValue(null, "interface"));
          default -> {
            // Properties and references do not matter here.
          }
        }
      }
    }
    return parser ? implementation : null;
  }
}
