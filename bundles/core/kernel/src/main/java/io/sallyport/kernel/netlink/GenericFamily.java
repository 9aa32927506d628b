/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import java.util.HashMap;
import java.util.Map;

/**
 * A family of generic netlink.
 *
 * @param name its name
 * @param id the message type by which it is reached, until the module is loaded anew
 * @param version its version
 * @param groups its event groups, by name
 */
public record GenericFamily(String name, int id, int version, Map<String, Integer> groups) {
  // uapi/linux/genetlink.h
  private static final int GENL_ID_CTRL = 0x10;
  private static final int GENLMSGHDR = 4;
  private static final int CTRL_CMD_GETFAMILY = 3;
  private static final int CTRL_ATTR_FAMILY_ID = 1;
  private static final int CTRL_ATTR_FAMILY_NAME = 2;
  private static final int CTRL_ATTR_VERSION = 3;
  private static final int CTRL_ATTR_MCAST_GROUPS = 7;
  private static final int CTRL_ATTR_MCAST_GRP_NAME = 1;
  private static final int CTRL_ATTR_MCAST_GRP_ID = 2;

  /** Copies the groups. */
  public GenericFamily {
    groups = Map.copyOf(groups);
  }

  /**
   * Finds a family by name; ENOENT if this kernel has none of that name.
   *
   * @param socket a socket of {@link NetlinkSocket#NETLINK_GENERIC}
   */
  public static GenericFamily resolve(NetlinkSocket socket, String name) {
    NetlinkRequest request =
        new NetlinkRequest()
            .begin(GENL_ID_CTRL, 0)
            .u8(CTRL_CMD_GETFAMILY)
            .u8(1)
            .u16(0)
            .attributeText(CTRL_ATTR_FAMILY_NAME, name);
    Map<String, Integer> groups = new HashMap<>();
    int[] numbers = new int[2];
    socket.query(
        request,
        "find netlink family " + name,
        message -> {
          Attributes attributes = message.attributes(GENLMSGHDR, new Attributes());
          while (attributes.next()) {
            switch (attributes.type()) {
              case CTRL_ATTR_FAMILY_ID -> numbers[0] = attributes.u16();
              case CTRL_ATTR_VERSION -> numbers[1] = attributes.u32();
              case CTRL_ATTR_MCAST_GROUPS -> readGroups(attributes, groups);
              default -> {}
            }
          }
        });
    return new GenericFamily(name, numbers[0], numbers[1], groups);
  }

  private static void readGroups(Attributes list, Map<String, Integer> groups) {
    Attributes items = list.nested(new Attributes());
    Attributes item = new Attributes();
    while (items.next()) {
      String name = "";
      int id = 0;
      items.nested(item);
      while (item.next()) {
        switch (item.type()) {
          case CTRL_ATTR_MCAST_GRP_NAME -> name = item.text();
          case CTRL_ATTR_MCAST_GRP_ID -> id = item.u32();
          default -> {}
        }
      }
      groups.put(name, id);
    }
  }
}
