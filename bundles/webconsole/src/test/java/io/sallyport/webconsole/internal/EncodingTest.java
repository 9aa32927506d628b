/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodingTest {

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, br", "GZIP;q=0.5, BR;q=0.1", "*", "gzip;q=0, *", "br;q=1.0"})
  void brotliIsAccepted(String header) {
    assertThat(Encoding.BROTLI.acceptedBy(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gzip", "br;q=0", "br;q=0.000", "br; q=0, *", "*;q=0", "brotli", ";;,,"})
  void brotliIsRefused(String header) {
    assertThat(Encoding.BROTLI.acceptedBy(header)).isFalse();
  }

  @Test
  void withoutHeaderOnlyThePlainFormIsSent() {
    assertThat(Encoding.GZIP.acceptedBy(null)).isFalse();
    assertThat(Encoding.IDENTITY.acceptedBy(null)).isTrue();
  }
}
