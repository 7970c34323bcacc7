import type { KeyItem } from "@/lib/contracts/keys";
import { isKeyKind } from "@/lib/contracts/keys";
import { isRole } from "@/lib/contracts/permissions";
import { type ApiKeyRow, lockApiKey } from "@/lib/db/api-key-store";
import type { Database } from "@/lib/db/client";
import { AppError } from "@/lib/domain/errors";
import type { Ctx, PersonActor } from "@/lib/services/ctx";

/** A key as the API shows it. `now` is wall time. */
export function keyItemOf(row: ApiKeyRow, viewerId: string, now: Date): KeyItem {
  return {
    id: row.id,
    kind: isKeyKind(row.kind) ? row.kind : "api",
    name: row.name,
    prefix: `mqs_${row.id}`,
    role: row.role !== null && isRole(row.role) ? row.role : null,
    owners: [...row.owners],
    query: row.query,
    createdBy: { name: row.creatorName, email: row.creatorEmail, disabled: row.creatorDisabled },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    revokedBy: row.revokedBy,
    state: stateOf(row, now),
    mine: row.createdBy === viewerId,
  };
}

function stateOf(row: ApiKeyRow, now: Date): string {
  if (row.revokedAt) return "revoked";
  if (row.expiresAt <= now) return "expired";
  return row.creatorDisabled ? "creator-disabled" : "works";
}

/** What the audit keeps of a key: never its secret, nor the hash. */
export function keyFacts(row: ApiKeyRow): Record<string, unknown> {
  return {
    id: row.id,
    kind: row.kind,
    role: row.role,
    owners: row.owners.map(({ key }) => key),
    query: row.query,
    expiresAt: row.expiresAt.toISOString(),
    revoked: row.revokedAt !== null,
  };
}

/** Whoever is signed in in person. Throws unauthenticated, or forbidden while he has only a password that somebody else gave him. */
export function personActing(ctx: Pick<Ctx, "actor">): PersonActor {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Sign in first.");
  if (actor.mustChangePassword) throw new AppError("forbidden", "Choose a password of your own first.");
  return actor;
}

/** A key that the person made or may manage, locked. Throws not-found, also for somebody else's: nobody learns which keys there are. */
export async function requireKey(tx: Database, person: PersonActor, id: string): Promise<ApiKeyRow> {
  const row = await lockApiKey(tx, id);
  if (!row || (row.createdBy !== person.id && !person.permissions.has("keys:manage"))) {
    throw new AppError("not-found", "There is no such key.");
  }
  return row;
}
