/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.error;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;

/** Turns exceptions into answers. */
public final class Failures {
  private Failures() {}

  /** For the server; JAX-RS takes the one that is nearest to the exception's class. */
  public static List<Object> mappers() {
    // One each for the classes for which JAX-RS and Jackson bring their own.
    return List.of(new OfAnything(), new OfJaxRs(), new OfJackson());
  }

  private static Response response(Throwable thrown) {
    Failure failure = Failure.of(thrown);
    Response.ResponseBuilder answer =
        Response.status(failure.status())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(failure.body());
    if (thrown instanceof WebApplicationException e && e.getResponse().getHeaders() != null) {
      Object allow = e.getResponse().getHeaders().getFirst("Allow");
      if (allow != null) {
        answer.header("Allow", allow);
      }
    }
    return answer.build();
  }

  private static final class OfAnything implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable thrown) {
      return response(thrown);
    }
  }

  private static final class OfJaxRs implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException thrown) {
      return response(thrown);
    }
  }

  private static final class OfJackson implements ExceptionMapper<JacksonException> {
    @Override
    public Response toResponse(JacksonException thrown) {
      return response(thrown);
    }
  }
}
