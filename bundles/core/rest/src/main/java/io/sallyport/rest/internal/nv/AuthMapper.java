/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.auth.UserSession;
import io.sallyport.rest.internal.nv.AuthStructs.RestRolePermission;
import io.sallyport.rest.internal.nv.AuthStructs.RestToken;
import io.sallyport.rest.internal.nv.AuthStructs.RestTokenData;
import io.sallyport.rest.internal.nv.AuthStructs.RestUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A login in NeuVector's shape. */
public final class AuthMapper {
  private static final List<String> READ_AND_WRITE =
      List.of(
          "config",
          "rt_scan",
          "reg_scan",
          "rt_policy",
          "admctrl",
          "compliance",
          "authentication",
          "authorization",
          "vulnerability");
  private static final List<String> READ_ONLY =
      List.of("audit_events", "security_events", "events");

  private AuthMapper() {}

  /** The answer to a login; passwords do not expire, which is -1 for both counts. */
  public static RestTokenData token(UserSession session) {
    Instant last = session.lastLogin();
    boolean never = last.equals(Instant.EPOCH);
    RestUser user =
        new RestUser(
            session.fullName(),
            "",
            session.user(),
            "",
            "",
            session.role(),
            session.timeoutSeconds(),
            "",
            session.defaultPassword(),
            false,
            Map.of(),
            never ? 0 : last.getEpochSecond(),
            never ? "" : Texts.time(last),
            session.loginCount(),
            false,
            false,
            false);
    RestToken token = new RestToken(session.token(), permissions(session), Map.of(), user);
    return new RestTokenData(token, -1, 0, false);
  }

  private static List<RestRolePermission> permissions(UserSession session) {
    return java.util.stream.Stream.concat(
            READ_AND_WRITE.stream().map(id -> new RestRolePermission(id, true, session.mayWrite())),
            READ_ONLY.stream().map(id -> new RestRolePermission(id, true, false)))
        .toList();
  }
}
