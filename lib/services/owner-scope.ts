import { isLimitedToOwn, type Permission } from "@/lib/contracts/permissions";
import { AppError } from "@/lib/domain/errors";
import type { Actor, Ctx } from "@/lib/services/ctx";

/**
 * The owner entities whose brokers the actor may act on with a permission: "all", or ids to be put into the query of what is acted on. The role
 * `owner` without any entity may act on nothing.
 */
export function ownersToActFor(actor: Actor, permission: Permission): "all" | readonly number[] {
  if (actor.kind === "person" && isLimitedToOwn(actor.role, permission)) return actor.ownerIds;
  return "all";
}

/** Refuses (forbidden) an act on something of an owner entity that is not the actor's; `ownerId` null is something without any owner. */
export function assertMayActFor(ctx: Ctx, permission: Permission, ownerId: number | null): void {
  const owners = ownersToActFor(ctx.actor, permission);
  if (owners === "all" || (ownerId !== null && owners.includes(ownerId))) return;
  throw new AppError(
    "forbidden",
    "This belongs to an owner you are not part of; you may act on your own brokers only.",
  );
}
