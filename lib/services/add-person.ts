import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/contracts/permissions";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { insertPerson } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";

export interface PersonToAdd {
  name: string;
  email: string;
  role: Role;
  /** Null for somebody who signs in at a provider alone. */
  passwordHash: string | null;
  mustChangePassword: boolean;
  ownerIds: readonly number[];
  /** Permission of the route it comes from; null for set-up, demo and command lines. */
  permission: "people:write" | null;
  remote?: string | null;
}

/** Adds somebody who may sign in, with his audit event, in the transaction given. Returns his id. Throws conflict when the address is taken. */
export async function addPerson(ctx: Ctx, tx: Database, person: PersonToAdd): Promise<string> {
  const { permission, remote, passwordHash, ...facts } = person;
  const id = randomUUID();
  if (!(await insertPerson(tx, { id, passwordHash, ...facts }, ctx.wall.now()))) {
    throw new AppError("conflict", `${facts.email} has an account already.`, { details: { field: "email" } });
  }
  await appendAuditEvent(tx, {
    ...auditedBy(ctx),
    ...(remote === undefined ? {} : { remote }),
    action: "person.add",
    permission,
    subjectType: "person",
    subjectKey: facts.email,
    before: null,
    after: facts,
  });
  return id;
}
