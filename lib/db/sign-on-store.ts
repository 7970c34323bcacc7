import type { Database } from "@/lib/db/client";

/** What a group of the provider means: a role, or an owner entity. */
export interface SignOnGroupRow {
  name: string;
  role: string | null;
  owner: { id: number; key: string; displayName: string } | null;
}

/** Every mapping, by group. */
export function signOnGroups(db: Database): Promise<SignOnGroupRow[]> {
  return db.rows<SignOnGroupRow>(
    `SELECT g.name, g.role,
       CASE WHEN o.id IS NULL THEN NULL ELSE jsonb_build_object('id', o.id, 'key', o.key, 'displayName', o.display_name) END AS owner
     FROM sign_on_group g LEFT JOIN owner o ON o.id = g.owner_id ORDER BY g.name, g.role NULLS LAST, o.display_name, g.id`,
  );
}

export async function replaceSignOnGroups(
  tx: Database,
  groups: readonly { name: string; role: string | null; ownerId: number | null }[],
): Promise<void> {
  await tx.execute(`SELECT pg_advisory_xact_lock(hashtext('mq-steward:sign-on-groups'))`);
  await tx.execute(`DELETE FROM sign_on_group`);
  for (const { name, role, ownerId } of groups) {
    await tx.execute(`INSERT INTO sign_on_group (name, role, owner_id) VALUES ($1, $2, $3)`, name, role, ownerId);
  }
}

export interface SignOnFlowRow {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
  returnTo: string;
}

/** Keeps a sign-in that has begun; those that nobody came back from are forgotten. */
export async function saveSignOnFlow(
  db: Database,
  id: string,
  flow: SignOnFlowRow,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await db.execute(`DELETE FROM sign_on_flow WHERE expires_at < $1`, now);
  await db.execute(
    `INSERT INTO sign_on_flow (id, state, nonce, code_verifier, redirect_uri, return_to, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    id,
    flow.state,
    flow.nonce,
    flow.codeVerifier,
    flow.redirectUri,
    flow.returnTo,
    expiresAt,
  );
}

/** The sign-in that was begun, once: whoever asks second gets null. */
export async function takeSignOnFlow(db: Database, id: string, now: Date): Promise<SignOnFlowRow | null> {
  const [row] = await db.rows<SignOnFlowRow>(
    `DELETE FROM sign_on_flow WHERE id = $1 AND expires_at > $2
     RETURNING state, nonce, code_verifier AS "codeVerifier", redirect_uri AS "redirectUri", return_to AS "returnTo"`,
    id,
    now,
  );
  return row ?? null;
}

/** Who a subject of an issuer is here, by these two alone; locked for the length of the transaction. */
export async function personOfIdentity(tx: Database, issuer: string, subject: string): Promise<string | null> {
  const [row] = await tx.rows<{ personId: string }>(
    `SELECT person_id AS "personId" FROM person_identity WHERE issuer = $1 AND subject = $2 FOR UPDATE`,
    issuer,
    subject,
  );
  return row?.personId ?? null;
}

/** Notes a sign-in of an identity, new or known; `refused` where no group of his means anything. */
export async function saveIdentity(
  tx: Database,
  identity: { issuer: string; subject: string; personId: string; groups: readonly string[]; refused: boolean },
  at: Date,
): Promise<void> {
  await tx.execute(
    `INSERT INTO person_identity (issuer, subject, person_id, created_at, groups, seen_at, refused_at)
     VALUES ($1, $2, $3, $4, $5::text[], $4, CASE WHEN $6::boolean THEN $4::timestamptz END)
     ON CONFLICT (issuer, subject) DO UPDATE SET groups = EXCLUDED.groups, seen_at = EXCLUDED.seen_at, refused_at = EXCLUDED.refused_at`,
    identity.issuer,
    identity.subject,
    identity.personId,
    at,
    [...identity.groups],
    identity.refused,
  );
}
