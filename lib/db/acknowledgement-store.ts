import type { Database } from "@/lib/db/client";
import { CANNOT_SIGN_IN } from "@/lib/db/person-store";

/** An acknowledge link with the person it was sent to, as he is now. */
export interface AcknowledgementRow {
  id: string;
  findingIds: number[];
  expiresAt: Date;
  usedAt: Date | null;
  personId: string;
  name: string;
  email: string;
  role: string;
  /** May not sign in. */
  disabled: boolean;
  ownerIds: number[];
}

/** The link of a message: made with its first attempt, the same for those after it. Returns its id. */
export async function saveAcknowledgement(
  db: Database,
  link: {
    id: string;
    messageId: string;
    personId: string;
    findingIds: readonly number[];
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<string> {
  const [row] = await db.rows<{ id: string }>(
    `INSERT INTO notification_acknowledgement (id, message_id, person_id, finding_ids, created_at, expires_at)
     VALUES ($1, $2::text::bigint, $3, $4::int[], $5, $6)
     ON CONFLICT (message_id) DO UPDATE SET message_id = EXCLUDED.message_id RETURNING id`,
    link.id,
    link.messageId,
    link.personId,
    [...link.findingIds],
    link.createdAt,
    link.expiresAt,
  );
  return row?.id ?? link.id;
}

export async function findAcknowledgement(db: Database, id: string): Promise<AcknowledgementRow | null> {
  const [row] = await db.rows<AcknowledgementRow>(
    `SELECT a.id, a.finding_ids AS "findingIds", a.expires_at AS "expiresAt", a.used_at AS "usedAt", p.id AS "personId", p.name, p.email, p.role,
            ${CANNOT_SIGN_IN} AS disabled, ARRAY(SELECT o.owner_id FROM person_owner o WHERE o.person_id = p.id ORDER BY 1) AS "ownerIds"
       FROM notification_acknowledgement a JOIN person p ON p.id = a.person_id WHERE a.id = $1`,
    id,
  );
  return row ?? null;
}

/** Marks a link as used. False when somebody was faster, or it has expired. */
export async function markLinkUsed(tx: Database, id: string, now: Date): Promise<boolean> {
  const used = await tx.execute(
    `UPDATE notification_acknowledgement SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2`,
    id,
    now,
  );
  return used > 0;
}

/** What findings are, as a link shows them. */
export function findingsOfLink(
  db: Database,
  ids: readonly number[],
): Promise<{ id: number; summary: string; severity: number; broker: string | null; dueOn: string | null }[]> {
  return db.rows(
    `SELECT f.id, f.summary, f.severity, b.name AS broker, f.due_on::text AS "dueOn" FROM finding f LEFT JOIN broker b ON b.id = f.broker_id
      WHERE f.id = ANY($1::int[]) ORDER BY f.severity DESC, f.id`,
    [...ids],
  );
}

/** Role and owner entities of a person who may sign in; null where he may not. */
export async function activePerson(db: Database, personId: string): Promise<ActivePerson | null> {
  const [row] = await db.rows<ActivePerson>(
    `SELECT p.role, ARRAY(SELECT o.owner_id FROM person_owner o WHERE o.person_id = p.id ORDER BY 1) AS "ownerIds"
       FROM person p WHERE p.id = $1 AND NOT ${CANNOT_SIGN_IN}`,
    personId,
  );
  return row ?? null;
}

/** What somebody who may sign in may act as. */
export interface ActivePerson {
  role: string;
  ownerIds: number[];
}
