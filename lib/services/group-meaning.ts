import type { Role } from "@/lib/contracts/permissions";
import { isRole } from "@/lib/contracts/permissions";
import type { SignOnGroupRow } from "@/lib/db/sign-on-store";

/** Where groups give several roles, the first of these counts. */
const ORDER = ["administrator", "manager", "finops", "owner", "viewer"] as const satisfies readonly Role[];

/** What somebody is here by his groups. */
export interface GroupMeaning {
  role: Role;
  ownerIds: readonly number[];
  /** The groups that mean something. */
  groups: readonly string[];
}

/**
 * Role and owner entities by groups; null where none of them means anything. Groups that name owner entities alone make an owner. Names are compared
 * to the letter: two groups that differ in their spelling are two groups.
 */
export function meaningOfGroups(groups: readonly string[], mappings: readonly SignOnGroupRow[]): GroupMeaning | null {
  const held = new Set(groups);
  const meant = mappings.filter(
    ({ name, role, owner }) => held.has(name) && (owner !== null || (role && isRole(role))),
  );
  if (meant.length === 0) return null;
  const roles = new Set(meant.map(({ role }) => role));
  const ownerIds = [...new Set(meant.flatMap(({ owner }) => owner?.id ?? []))].sort((a, b) => a - b);
  return {
    role: ORDER.find((role) => roles.has(role)) ?? "owner",
    ownerIds,
    groups: [...new Set(meant.map(({ name }) => name))].sort(),
  };
}
