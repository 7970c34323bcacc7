import { isLimitedToOwn, type Permission } from "@/lib/contracts/permissions";
import { AppError } from "@/lib/domain/errors";
import type { Actor, Ctx } from "@/lib/services/ctx";

/** Why an act is refused to whoever may act on his own brokers alone. */
export const NOT_YOURS = "It belongs to an owner you are not part of.";

/**
 * The owner entities whose brokers the actor may act on with a permission: "all", or ids to be put into the query of what is acted on. The role
 * `owner` without any entity may act on nothing.
 */
export function ownersToActFor(actor: Actor, permission: Permission): "all" | readonly number[] {
  if (actor.kind === "nobody") return [];
  if ("role" in actor && isLimitedToOwn(actor.role, permission)) return actor.ownerIds;
  return "all";
}

/** Whether the actor may act with a permission on something of an owner entity; `ownerId` null is something without any owner. */
export function mayActFor(actor: Actor, permission: Permission, ownerId: number | null): boolean {
  const owners = ownersToActFor(actor, permission);
  return owners === "all" || (ownerId !== null && owners.includes(ownerId));
}

/** Refuses (forbidden) an act on something of an owner entity that is not the actor's; `ownerId` null is something without any owner. */
export function assertMayActFor(ctx: Pick<Ctx, "actor">, permission: Permission, ownerId: number | null): void {
  if (!mayActFor(ctx.actor, permission, ownerId)) throw new AppError("forbidden", NOT_YOURS);
}
