import type { Person } from "@/lib/domain/finding";
import type { Actor } from "@/lib/services/ctx";

/** Whoever acts, as events and decisions name them; without an id nobody has signed in. */
export function actingPerson(actor: Actor): Person {
  return { id: actor.kind === "person" ? actor.id : null, name: actor.name };
}

/** Whether the actor may act on what belongs to an owner entity: the role `owner` on its own entities alone. */
export function mayActFor(actor: Actor, ownerId: number | null): boolean {
  if (actor.kind !== "person" || actor.role !== "owner") return true;
  return ownerId !== null && actor.ownerIds.includes(ownerId);
}
