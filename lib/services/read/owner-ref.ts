import type { OwnerRef } from "@/lib/contracts/common";

/** Who owns what a row of a list is about, as the API shows it; null where no owner is known. */
export function ownerRefOf(row: {
  ownerKey: string | null;
  ownerName: string | null;
  ownerVerified: boolean | null;
  ownerSource: string | null;
}): OwnerRef | null {
  if (row.ownerKey === null) return null;
  return {
    key: row.ownerKey,
    displayName: row.ownerName ?? row.ownerKey,
    verified: row.ownerVerified ?? false,
    source: row.ownerSource ?? "none",
  };
}
