/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.AuthMapper;
import io.sallyport.rest.internal.nv.AuthStructs.RestAuthData;
import io.sallyport.rest.internal.nv.AuthStructs.RestAuthPassword;
import io.sallyport.rest.internal.nv.AuthStructs.RestTokenData;
import io.sallyport.rest.internal.nv.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Log in, stay, log out. */
@Component(service = AuthResource.class, property = "sallyport.rest=true")
@Path("/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
public final class AuthResource {
  private final Authentication authentication;

  /** With the users. */
  @Activate
  public AuthResource(@Reference Authentication authentication) {
    this.authentication = authentication;
  }

  /** Answers a token for a name and a password. */
  @POST
  @NoToken
  @Operation(summary = "Log in")
  public RestTokenData login(
      @RequestBody(content = @Content(schema = @Schema(implementation = RestAuthData.class)))
          byte[] body,
      @Parameter(hidden = true) @Context HttpServletRequest request) {
    RestAuthPassword given = Json.read(body, RestAuthData.class).password();
    if (given == null || given.username() == null) {
      throw new NvException(
          NvError.INVALID_REQUEST,
          "password.username and password.password are needed: {\"password\":"
              + "{\"username\":\"…\",\"password\":\"…\"}}");
    }
    String password = given.password();
    if (password == null || password.isEmpty()) {
      throw new NvException(NvError.UNAUTHORIZED, "The password is missing.");
    }
    char[] secret = password.toCharArray();
    String changed = given.newPassword();
    char[] newSecret = changed == null ? null : changed.toCharArray();
    try {
      UserSession session =
          authentication.login(given.username(), secret, newSecret, request.getRemoteAddr());
      return AuthMapper.token(session);
    } catch (SallyportException e) {
      if (e.code() == ErrorCode.LIMIT) {
        throw new NvException(NvError.TOO_MANY_LOGIN_USER, String.valueOf(e.getMessage()));
      }
      throw e;
    } finally {
      Arrays.fill(secret, '\0');
      if (newSecret != null) {
        Arrays.fill(newSecret, '\0');
      }
    }
  }

  /** Keeps the session alive, which every call with a token does. */
  @PATCH
  @Operation(summary = "Keep the session alive")
  public Response keep() {
    return Response.ok().build();
  }

  /** Ends the session. */
  @DELETE
  @Operation(summary = "Log out")
  public Response logout(@Parameter(hidden = true) @Context SecurityContext context) {
    authentication.logout(Caller.of(context).token());
    return Response.ok().build();
  }
}
