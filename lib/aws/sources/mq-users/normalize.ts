import type { BrokerUserRead } from "../../gateway";
import { sortedSet } from "../../normalize-values";
import type { UserAnswer } from "./fetch";

/** What a user may do now; changes that wait for a reboot are not told here, but by the broker's description. */
export function normalizeUser(brokerId: string, user: UserAnswer): Extract<BrokerUserRead, { kind: "described" }> {
  return {
    kind: "described",
    brokerId,
    username: user.Username,
    consoleAccess: user.ConsoleAccess ?? null,
    groups: sortedSet(user.Groups),
    replicationUser: user.ReplicationUser ?? null,
  };
}
