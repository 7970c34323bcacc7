import type { Database } from "@/lib/db/client";
import { CANNOT_SIGN_IN } from "@/lib/db/person-store";
import type { PresentedKey } from "@/lib/domain/presented-key";

/** A key as its list shows it. */
export interface ApiKeyRow {
  id: string;
  kind: string;
  name: string;
  role: string | null;
  query: string | null;
  lastsDays: number;
  createdBy: string;
  creatorName: string;
  creatorEmail: string;
  creatorDisabled: boolean;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
  revokedAt: Date | null;
  revokedBy: string | null;
  owners: readonly { key: string; displayName: string }[];
}

const KEYS = `SELECT k.id, k.kind, k.name, k.role, k.query, k.lasts_days AS "lastsDays", k.created_by AS "createdBy", p.name AS "creatorName",
    p.email AS "creatorEmail", ${CANNOT_SIGN_IN} AS "creatorDisabled", k.created_at AS "createdAt", k.expires_at AS "expiresAt",
    k.last_used_at AS "lastUsedAt", k.last_used_from AS "lastUsedFrom", k.revoked_at AS "revokedAt", k.revoked_by AS "revokedBy",
    COALESCE((SELECT jsonb_agg(jsonb_build_object('key', o.key, 'displayName', o.display_name) ORDER BY o.display_name, o.id)
       FROM api_key_owner ko JOIN owner o ON o.id = ko.owner_id WHERE ko.key_id = k.id), '[]') AS owners
  FROM api_key k JOIN person p ON p.id = k.created_by`;

/** Keys, newest first: a person's, or everybody's. */
export function listApiKeys(db: Database, personId: string | null): Promise<ApiKeyRow[]> {
  return db.rows<ApiKeyRow>(
    `${KEYS} WHERE $1::text IS NULL OR k.created_by = $1::text ORDER BY k.created_at DESC, k.id`,
    personId,
  );
}

/** One key, locked for the length of the transaction. */
export async function lockApiKey(tx: Database, id: string): Promise<ApiKeyRow | null> {
  const [row] = await tx.rows<ApiKeyRow>(`${KEYS} WHERE k.id = $1 FOR UPDATE OF k`, id);
  return row ?? null;
}

/** A key that was presented; null for one that is unknown. */
export async function findPresentedKey(db: Database, id: string): Promise<PresentedKey | null> {
  const [row] = await db.rows<PresentedKey>(
    `SELECT k.id, k.kind, k.name, k.secret_hash AS "secretHash", k.role, k.query, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
       k.last_used_at AS "lastUsedAt",
       COALESCE((SELECT jsonb_agg(owner_id ORDER BY owner_id) FROM api_key_owner WHERE key_id = k.id), '[]') AS "ownerIds",
       jsonb_build_object('role', p.role, 'disabled', ${CANNOT_SIGN_IN}, 'ownerIds',
         COALESCE((SELECT jsonb_agg(owner_id ORDER BY owner_id) FROM person_owner WHERE person_id = p.id), '[]')) AS creator
     FROM api_key k JOIN person p ON p.id = k.created_by WHERE k.id = $1`,
    id,
  );
  return row ?? null;
}

export interface NewApiKeyRow {
  id: string;
  kind: string;
  name: string;
  secretHash: string;
  role: string | null;
  query: string | null;
  lastsDays: number;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  ownerIds: readonly number[];
}

/** Stores a new key. False where one that works has its name. */
export async function insertApiKey(tx: Database, key: NewApiKeyRow): Promise<boolean> {
  const written = await tx.execute(
    `INSERT INTO api_key (id, kind, name, secret_hash, role, query, lasts_days, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (lower(name)) WHERE revoked_at IS NULL DO NOTHING`,
    key.id,
    key.kind,
    key.name,
    key.secretHash,
    key.role,
    key.query,
    key.lastsDays,
    key.createdBy,
    key.createdAt,
    key.expiresAt,
  );
  if (written === 0) return false;
  await tx.execute(
    `INSERT INTO api_key_owner (key_id, owner_id) SELECT $1, id FROM owner WHERE id = ANY($2::int[])`,
    key.id,
    [...key.ownerIds],
  );
  return true;
}

export async function replaceKeySecret(
  tx: Database,
  id: string,
  { secretHash, expiresAt }: { secretHash: string; expiresAt: Date },
): Promise<void> {
  await tx.execute(`UPDATE api_key SET secret_hash = $2, expires_at = $3 WHERE id = $1`, id, secretHash, expiresAt);
}

export async function revokeApiKey(tx: Database, id: string, by: string, at: Date): Promise<void> {
  await tx.execute(`UPDATE api_key SET revoked_at = $2, revoked_by = $3 WHERE id = $1`, id, at, by);
}

/** Notes a use, once a minute at most over all processes. */
export async function noteKeyUse(db: Database, id: string, at: Date, remote: string | null): Promise<void> {
  await db.execute(
    `UPDATE api_key SET last_used_at = $2, last_used_from = $3 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $4)`,
    id,
    at,
    remote,
    new Date(at.getTime() - 60_000),
  );
}
