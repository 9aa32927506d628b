/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.error;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a user sees of an exception: a status and a body, never a stack trace.
 *
 * @param status the HTTP status
 * @param body the body
 */
public record Failure(int status, ErrorBody body) {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
  private static final int TOO_MANY = 429;

  /** Of one of NeuVector's errors. */
  public static Failure of(NvError error, String message) {
    return new Failure(error.status(), error.body(message));
  }

  /** Of anything that was thrown; what nobody expected goes to the log. */
  public static Failure of(Throwable thrown) {
    return switch (thrown) {
      case NvException e -> new Failure(e.status(), e.error().body(text(e)));
      case SallyportException e -> of(e);
      case WebApplicationException e -> of(e);
      case JacksonException e -> of(NvError.INVALID_REQUEST, explain(e));
      default -> {
        LOG.error("A request failed", thrown);
        yield of(NvError.SERVER, "Something failed that should not have; the log has more.");
      }
    };
  }

  private static Failure of(SallyportException e) {
    if (e.code() == ErrorCode.INTERNAL) {
      LOG.error("A request failed", e);
    }
    NvError error = NvError.of(e.code());
    int status = e.code() == ErrorCode.LIMIT ? TOO_MANY : error.status();
    return new Failure(status, error.body(text(e)));
  }

  private static Failure of(WebApplicationException e) {
    if (e.getCause() instanceof SallyportException cause) {
      return of(cause);
    }
    int status = e.getResponse().getStatus();
    return switch (status) {
      case 401 -> of(NvError.UNAUTHORIZED, "");
      case 403 -> of(NvError.OBJECT_ACCESS_DENIED, "");
      case 404 -> of(NvError.NOT_FOUND, "");
      case 405 -> of(NvError.METHOD_NOT_ALLOWED, "");
      case 406 -> new Failure(406, NvError.INVALID_REQUEST.body("This is served as JSON only."));
      case 413 -> new Failure(413, NvError.INVALID_REQUEST.body("The body is too large."));
      case 415 -> new Failure(415, NvError.INVALID_REQUEST.body("The body must be JSON."));
      default -> {
        if (status < 500) {
          yield new Failure(status, NvError.INVALID_REQUEST.body(text(e)));
        }
        LOG.error("A request failed", e);
        yield of(NvError.SERVER, "Something failed that should not have; the log has more.");
      }
    };
  }

  private static String explain(JacksonException e) {
    JsonLocation where = e.getLocation();
    String place =
        where == null || where.getLineNr() < 1
            ? ""
            : String.format(
                Locale.ROOT, " (line %d, column %d)", where.getLineNr(), where.getColumnNr());
    String path =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? path(mapping) + ": "
            : "";
    return "The body is no proper JSON for this call: " + path + reason(e) + place;
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  /** The first sentence of the parser's message; what follows names Java classes. */
  private static String reason(JacksonException e) {
    String message = e.getOriginalMessage() == null ? "it ends too early" : e.getOriginalMessage();
    if (message.startsWith("Cannot deserialize value of type")
        || message.startsWith("Cannot construct instance")) {
      return "the value has the wrong type";
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static String text(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null ? "" : message;
  }
}
