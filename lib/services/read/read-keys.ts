import { KEY_KINDS, type KeyList } from "@/lib/contracts/keys";
import { mayGrant, ROLES } from "@/lib/contracts/permissions";
import { listApiKeys } from "@/lib/db/api-key-store";
import { ownerChoices, ownersByIds } from "@/lib/db/person-store";
import type { Ctx } from "@/lib/services/ctx";
import { keyItemOf, personActing } from "@/lib/services/key-record";

/** One's own keys, or everybody's with keys:manage, newest first; and what keys one may make. */
export async function readKeys({ ctx }: { ctx: Ctx }): Promise<KeyList> {
  const person = personActing(ctx);
  const manages = person.permissions.has("keys:manage");
  const [rows, owners] = await Promise.all([
    listApiKeys(ctx.db, manages ? null : person.id),
    person.role === "owner" ? ownersByIds(ctx.db, person.ownerIds) : ownerChoices(ctx.db),
  ]);
  const now = ctx.wall.now();
  return {
    items: rows.map((row) => keyItemOf(row, person.id, now)),
    total: rows.length,
    roles: ROLES.filter((role) => mayGrant(person.role, role)),
    owners,
    kinds: KEY_KINDS.filter((kind) => kind !== "metrics" || manages),
    asOf: now.toISOString(),
  };
}
