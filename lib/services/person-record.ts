import { randomInt } from "node:crypto";
import type { PersonItem } from "@/lib/contracts/people";
import { isRole } from "@/lib/contracts/permissions";
import type { Database } from "@/lib/db/client";
import { findPerson, ownersByKeys, type PersonRow } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";

/** A person as the API shows him. */
export function personItemOf(row: PersonRow): PersonItem {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: isRole(row.role) ? row.role : "viewer",
    owners: row.owners.map(({ key, displayName }) => ({ key, displayName })),
    mustChangePassword: row.mustChangePassword,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    addedAt: row.createdAt.toISOString(),
    sessions: row.sessions,
    issuer: row.issuer,
    secondFactor: row.secondFactor,
    refused: row.refusedAt !== null,
  };
}

/** What the audit keeps of a person. */
export function personFacts(row: PersonRow): Record<string, unknown> {
  return {
    name: row.name,
    email: row.email,
    role: row.role,
    owners: row.owners.map(({ key }) => key),
    disabled: row.disabledAt !== null,
  };
}

/** Throws not-found. */
export async function requirePerson(ctx: Ctx, db: Database, id: string): Promise<PersonRow> {
  const person = await findPerson(db, id, ctx.wall.now());
  if (!person) throw new AppError("not-found", "There is no such person.");
  return person;
}

/** Ids of owner entities by key. Throws invalid-input for one that there is not. */
export async function requireOwnerIds(db: Database, keys: readonly string[]): Promise<number[]> {
  const found = await ownersByKeys(db, keys);
  const missing = keys.filter((key) => !found.some((owner) => owner.key === key));
  if (missing.length > 0) {
    throw new AppError("invalid-input", `There is no owner ${missing.join(", ")}.`, { details: { field: "owners" } });
  }
  return found.map(({ id }) => id);
}

const SYLLABLES =
  "ba be bi bo bu da de di do du fa fe fi fo fu ga ge gi go gu ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po pu ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo vu".split(
    " ",
  );

/** A password to be told once and replaced at the first sign-in: about 75 bits, easy to read out. */
export function makeOneTimePassword(): string {
  const group = () => Array.from({ length: 3 }, () => SYLLABLES[randomInt(SYLLABLES.length)] ?? "ba").join("");
  return [group(), group(), group(), group(), String(randomInt(10, 100))].join("-");
}
