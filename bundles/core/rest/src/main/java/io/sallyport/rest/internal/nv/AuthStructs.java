/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** NeuVector's structs for logins. */
public final class AuthStructs {
  private AuthStructs() {}

  /** {@code RESTAuthPassword}. */
  @SnakeCase
  public record RestAuthPassword(
      @Nullable String username, @Nullable String password, @Nullable String newPassword) {
    /** Without the passwords. */
    @Override
    public String toString() {
      return "RestAuthPassword[username=" + username + "]";
    }
  }

  /** {@code RESTAuthData}. */
  @SnakeCase
  public record RestAuthData(@Nullable String clientIp, @Nullable RestAuthPassword password) {}

  /** {@code RESTRolePermission}. */
  @SnakeCase
  public record RestRolePermission(String id, boolean read, boolean write) {}

  /** {@code RESTUser}. */
  @SnakeCase
  public record RestUser(
      String fullname,
      String server,
      String username,
      String password,
      String email,
      String role,
      int timeout,
      String locale,
      boolean defaultPassword,
      boolean modifyPassword,
      Map<String, List<String>> roleDomains,
      long lastLoginTimestamp,
      String lastLoginAt,
      int loginCount,
      boolean blockedForFailedLogin,
      boolean blockedForPasswordExpired,
      boolean passwordResettable) {}

  /** {@code RESTToken}. */
  @SnakeCase
  public record RestToken(
      String token,
      List<RestRolePermission> globalPermissions,
      Map<String, List<RestRolePermission>> domainPermissions,
      @JsonUnwrapped RestUser user) {
    /** Without the token. */
    @Override
    public String toString() {
      return "RestToken[" + user.username() + "]";
    }
  }

  /** {@code RESTTokenData}. */
  @SnakeCase
  public record RestTokenData(
      RestToken token,
      int passwordDaysUntilExpire,
      int passwordHoursUntilExpire,
      boolean needToResetPassword) {}
}
