import type { Database } from "@/lib/db/client";

/** Of person p: disabled here, or no longer in a group of the provider that means anything here. */
export const CANNOT_SIGN_IN = `(p.disabled_at IS NOT NULL OR EXISTS (SELECT 1 FROM person_identity i WHERE i.person_id = p.id AND i.refused_at IS NOT NULL))`;

/** A person as the list of people shows him. */
export interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: string;
  mustChangePassword: boolean;
  disabledAt: Date | null;
  lastSignInAt: Date | null;
  createdAt: Date;
  owners: readonly { id: number; key: string; displayName: string }[];
  /** Sessions that have not expired. */
  sessions: number;
  /** Issuer that he signs in at; null for a local account. */
  issuer: string | null;
  /** Since when no group of his means anything here; null while one does, and for local accounts. */
  refusedAt: Date | null;
  /** Signing in with his password asks for a code, too. */
  secondFactor: boolean;
}

const PEOPLE = `SELECT p.id, p.name, p.email, p.role, p.must_change_password AS "mustChangePassword", p.disabled_at AS "disabledAt",
    p.last_sign_in_at AS "lastSignInAt", p.created_at AS "createdAt",
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'key', o.key, 'displayName', o.display_name) ORDER BY o.display_name, o.id)
       FROM person_owner po JOIN owner o ON o.id = po.owner_id WHERE po.person_id = p.id), '[]') AS owners,
    (SELECT count(*)::int FROM person_session s WHERE s.user_id = p.id AND s.expires_at > $1) AS sessions,
    i.issuer, i.refused_at AS "refusedAt", p.two_factor_enabled AS "secondFactor"
  FROM person p LEFT JOIN person_identity i ON i.person_id = p.id`;

/** Everybody who may or might sign in, by name. `now` is wall time: sessions live in it. */
export function allPeople(db: Database, now: Date): Promise<PersonRow[]> {
  return db.rows<PersonRow>(`${PEOPLE} ORDER BY lower(p.name), p.id`, now);
}

export async function findPerson(db: Database, id: string, now: Date): Promise<PersonRow | null> {
  const [row] = await db.rows<PersonRow>(`${PEOPLE} WHERE p.id = $2`, now, id);
  return row ?? null;
}

export async function findPersonByEmail(db: Database, email: string, now: Date): Promise<PersonRow | null> {
  const [row] = await db.rows<PersonRow>(`${PEOPLE} WHERE p.email = $2`, now, email.toLowerCase());
  return row ?? null;
}

/** Whether anybody was ever set up. */
export async function anyPerson(db: Database): Promise<boolean> {
  const rows = await db.rows(`SELECT 1 FROM person LIMIT 1`);
  return rows.length > 0;
}

/** Changes of who there is come one after the other, for the length of the transaction: two set-ups at once, two last administrators. */
export async function lockPeople(tx: Database): Promise<void> {
  await tx.execute(`SELECT pg_advisory_xact_lock(hashtext('mq-steward:people'))`);
}

export interface NewPerson {
  id: string;
  name: string;
  email: string;
  role: string;
  mustChangePassword: boolean;
  /** Null for somebody who signs in at a provider alone. */
  passwordHash: string | null;
  ownerIds: readonly number[];
}

/** Adds a person with his password, if he has one. False when the address is taken. `at` is wall time. */
export async function insertPerson(tx: Database, person: NewPerson, at: Date): Promise<boolean> {
  const written = await tx.execute(
    `INSERT INTO person (id, name, email, email_verified, role, must_change_password, created_at, updated_at)
     VALUES ($1, $2, $3, false, $4, $5, $6, $6) ON CONFLICT (email) DO NOTHING`,
    person.id,
    person.name,
    person.email.toLowerCase(),
    person.role,
    person.mustChangePassword,
    at,
  );
  if (written === 0) return false;
  if (person.passwordHash !== null) {
    await tx.execute(
      `INSERT INTO person_credential (id, account_id, provider_id, user_id, password, created_at, updated_at)
       VALUES ($1, $1, 'credential', $1, $2, $3, $3)`,
      person.id,
      person.passwordHash,
      at,
    );
  }
  await replaceOwners(tx, person.id, person.ownerIds);
  return true;
}

/** Writes what an administrator may change of a person. */
export async function updatePerson(
  tx: Database,
  id: string,
  change: { name: string; role: string; disabledAt: Date | null; ownerIds: readonly number[] },
  at: Date,
): Promise<void> {
  await tx.execute(
    `UPDATE person SET name = $2, role = $3, disabled_at = $4, updated_at = $5 WHERE id = $1`,
    id,
    change.name,
    change.role,
    change.disabledAt,
    at,
  );
  await replaceOwners(tx, id, change.ownerIds);
}

async function replaceOwners(tx: Database, personId: string, ownerIds: readonly number[]): Promise<void> {
  await tx.execute(`DELETE FROM person_owner WHERE person_id = $1`, personId);
  await tx.execute(
    `INSERT INTO person_owner (person_id, owner_id) SELECT $1, id FROM owner WHERE id = ANY($2::int[])`,
    personId,
    [...ownerIds],
  );
}

/** The hash of a person's password. */
export async function passwordHashOf(db: Database, personId: string): Promise<string | null> {
  const [row] = await db.rows<{ password: string | null }>(
    `SELECT password FROM person_credential WHERE user_id = $1 AND provider_id = 'credential'`,
    personId,
  );
  return row?.password ?? null;
}

export async function savePassword(
  tx: Database,
  personId: string,
  { hash, mustChange }: { hash: string; mustChange: boolean },
  at: Date,
): Promise<void> {
  await tx.execute(
    `UPDATE person_credential SET password = $2, updated_at = $3 WHERE user_id = $1 AND provider_id = 'credential'`,
    personId,
    hash,
    at,
  );
  await tx.execute(
    `UPDATE person SET must_change_password = $2, updated_at = $3 WHERE id = $1`,
    personId,
    mustChange,
    at,
  );
}

/** Ends a person's sessions but one, and the acknowledge links that act as him; returns how many sessions ended. */
export async function endSessions(tx: Database, personId: string, exceptSessionId?: string): Promise<number> {
  await tx.execute(
    `UPDATE notification_acknowledgement SET expires_at = created_at WHERE person_id = $1 AND used_at IS NULL`,
    personId,
  );
  return tx.execute(`DELETE FROM person_session WHERE user_id = $1 AND id <> $2`, personId, exceptSessionId ?? "");
}

export async function noteSignIn(db: Database, personId: string, at: Date): Promise<void> {
  await db.execute(`UPDATE person SET last_sign_in_at = $2 WHERE id = $1`, personId, at);
  // Sessions that ended by themselves are of no use to anybody.
  await db.execute(`DELETE FROM person_session WHERE expires_at < $1`, at);
}

/** What the tables of sign-in do not hold of a person: the owner entities he belongs to, and the issuer he signs in at (null: a local account). */
export async function standingOf(
  db: Database,
  personId: string,
): Promise<{ ownerIds: number[]; issuer: string | null }> {
  const [row] = await db.rows<{ ownerIds: number[]; issuer: string | null }>(
    `SELECT ARRAY(SELECT owner_id FROM person_owner WHERE person_id = $1 ORDER BY owner_id) AS "ownerIds",
       (SELECT issuer FROM person_identity WHERE person_id = $1) AS issuer`,
    personId,
  );
  return row ?? { ownerIds: [], issuer: null };
}

/** Active administrators with a password of their own, beside one person: whoever signs in at a provider depends on what it says tomorrow. */
export async function otherAdministrators(db: Database, personId: string): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM person p WHERE role = 'administrator' AND disabled_at IS NULL AND id <> $1
       AND EXISTS (SELECT 1 FROM person_credential c WHERE c.user_id = p.id AND c.password IS NOT NULL)`,
    personId,
  );
  return row?.count ?? 0;
}

/** The owner entity that most present brokers belong to; null where none has an owner. */
export async function ownerWithMostBrokers(db: Database): Promise<number | null> {
  const [row] = await db.rows<{ id: number }>(
    `SELECT owner_id AS id FROM broker WHERE owner_id IS NOT NULL AND gone_at IS NULL GROUP BY owner_id ORDER BY count(*) DESC, owner_id LIMIT 1`,
  );
  return row?.id ?? null;
}

/** Owner entities by id, as a person's session names them. */
export function ownersByIds(db: Database, ids: readonly number[]): Promise<{ key: string; displayName: string }[]> {
  return db.rows(
    `SELECT key, display_name AS "displayName" FROM owner WHERE id = ANY($1::int[]) ORDER BY display_name, id`,
    [...ids],
  );
}

export function ownersByKeys(db: Database, keys: readonly string[]): Promise<{ id: number; key: string }[]> {
  return db.rows(`SELECT id, key FROM owner WHERE key = ANY($1::text[]) AND merged_into_id IS NULL ORDER BY key`, [
    ...keys,
  ]);
}

/** Every owner entity, to choose from. */
export function ownerChoices(db: Database): Promise<{ key: string; displayName: string }[]> {
  return db.rows(
    `SELECT key, display_name AS "displayName" FROM owner WHERE merged_into_id IS NULL ORDER BY lower(display_name), id`,
  );
}

/** Ends all sessions of a person but the newest. Returns how many there were. */
export function endOlderSessions(tx: Database, personId: string): Promise<number> {
  return tx.execute(
    `DELETE FROM person_session WHERE user_id = $1
       AND id <> (SELECT id FROM person_session WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1)`,
    personId,
  );
}

/** Takes a person's second factor away. */
export async function removeSecondFactor(tx: Database, personId: string): Promise<void> {
  await tx.execute(`DELETE FROM person_second_factor WHERE user_id = $1`, personId);
  await tx.execute(`UPDATE person SET two_factor_enabled = false WHERE id = $1`, personId);
}
