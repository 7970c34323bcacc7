/**
 * Brokers that somebody may want to assign, each in the first that fits: `assigned` here; `ambiguous`: tags name different owners, and the most trusted key
 * decides; `account-default`: nothing but the account's default; `none`.
 */
export const OWNERSHIP_KINDS = ["none", "account-default", "ambiguous", "assigned"] as const;
export type OwnershipKind = (typeof OWNERSHIP_KINDS)[number];

/** Which kind a broker is of; null for one whose tags name one owner. `named`: the owner that each of its tags names, aliases resolved. */
export function ownershipKind(input: {
  assigned: boolean;
  source: "assignment" | "tag" | "account-default" | "none";
  named: readonly (string | null)[];
}): OwnershipKind | null {
  if (input.assigned) return "assigned";
  if (new Set(input.named.filter((owner) => owner !== null)).size > 1) return "ambiguous";
  return input.source === "none" || input.source === "account-default" ? input.source : null;
}
