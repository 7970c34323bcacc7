import type { NewAuditEvent } from "@/lib/db/audit-store";
import type { Ctx } from "@/lib/services/ctx";

/** The part of an audit event that says who, when, from where and in which request. Spread it into every event: `{ ...auditedBy(ctx), action, ... }`. */
export function auditedBy(ctx: Ctx): Pick<NewAuditEvent, "at" | "actor" | "personId" | "remote" | "requestId"> {
  const { actor, clock, requestId } = ctx;
  const person = actor.kind === "person" ? actor : null;
  return {
    at: clock.now(),
    actor: actor.name,
    personId: person?.id ?? null,
    remote: "remote" in actor ? actor.remote : null,
    requestId,
  };
}
