import type { z } from "zod";
import { makeKey } from "@/lib/auth/api-key";
import { type KeyInput, type madeKey, NARROW_KEYS } from "@/lib/contracts/keys";
import { mayGrant } from "@/lib/contracts/permissions";
import { insertApiKey } from "@/lib/db/api-key-store";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx, PersonActor } from "@/lib/services/ctx";
import { keyFacts, keyItemOf, personActing, requireKey } from "@/lib/services/key-record";
import { requireOwnerIds } from "@/lib/services/person-record";
import { calendarCut } from "@/lib/services/read/calendar-cut";

/**
 * Makes a key of the API or a narrow token. A key can do nothing that whoever makes it cannot: not by its role, and as an owner's not for entities that
 * are not his. Errors: forbidden, invalid-input, conflict for a name that is taken.
 */
export async function createKey({ ctx, input }: { ctx: Ctx; input: KeyInput }): Promise<z.input<typeof madeKey>> {
  const person = personActing(ctx);
  assertMayMake(person, input);
  const made = makeKey();
  const now = ctx.wall.now();
  const row = await ctx.db.transaction(async (tx) => {
    const ownerIds = await ownerIdsOfKey(tx, person, input);
    const stored = await insertApiKey(tx, {
      id: made.id,
      kind: input.kind,
      name: input.name,
      secretHash: made.hash,
      role: input.kind === "api" ? input.role : null,
      query: input.kind === "calendar" ? calendarCut(input.query).text : null,
      lastsDays: input.expiresInDays,
      createdBy: person.id,
      createdAt: now,
      expiresAt: new Date(now.getTime() + input.expiresInDays * 86_400_000),
      ownerIds,
    });
    if (!stored) {
      throw new AppError("conflict", `There is a key called ${input.name} already.`, { details: { field: "name" } });
    }
    const key = await requireKey(tx, person, made.id);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "key.create",
      permission: null,
      subjectType: "key",
      subjectKey: key.name,
      before: null,
      after: keyFacts(key),
    });
    return key;
  });
  return { key: keyItemOf(row, person.id, now), secret: made.text };
}

function assertMayMake(person: PersonActor, input: KeyInput): void {
  const refuse = (message: string, field: string): never => {
    throw new AppError("forbidden", message, { details: { field } });
  };
  if (input.kind === "metrics" && !person.permissions.has("keys:manage")) {
    refuse("Tokens for Prometheus need the permission keys:manage.", "kind");
  }
  if (input.kind === "api") {
    if (!mayGrant(person.role, input.role)) refuse("A key cannot do what you cannot do yourself.", "role");
  } else {
    const { permission } = NARROW_KEYS[input.kind];
    if (!person.permissions.has(permission)) refuse(`This needs the permission ${permission}.`, "kind");
  }
}

async function ownerIdsOfKey(tx: Database, person: PersonActor, input: KeyInput): Promise<readonly number[]> {
  if (input.kind !== "api") return [];
  const refuse = (message: string): never => {
    throw new AppError("invalid-input", message, { details: { field: "owners" } });
  };
  if (input.role !== "owner" && input.owners.length > 0) refuse("Only the role Owner is bound to owner entities.");
  if (input.role === "owner" && input.owners.length === 0) refuse("Choose the owner entities that the key acts for.");
  const ownerIds = await requireOwnerIds(tx, input.owners);
  if (person.role === "owner" && ownerIds.some((id) => !person.ownerIds.includes(id))) {
    throw new AppError("forbidden", "You belong to other owner entities.", { details: { field: "owners" } });
  }
  return ownerIds;
}
