import type { Person } from "@/lib/domain/finding";
import type { Actor } from "@/lib/services/ctx";

/** Whoever acts, as events and decisions name them; without an id nobody has signed in. */
export function actingPerson(actor: Actor): Person {
  return { id: actor.kind === "person" ? actor.id : null, name: actor.name };
}
