import type { SignOnView } from "@/lib/contracts/single-sign-on";

export type Mapping = SignOnView["mappings"][number];

/** What a group means, as the API takes it. */
export function inputOf({ group, role, owner }: Mapping) {
  return role ? { group, role } : { group, owner: owner?.key ?? "" };
}
