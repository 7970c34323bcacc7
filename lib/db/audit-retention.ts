import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { auditChain } from "@/lib/domain/audit-chain";
import { AppError } from "@/lib/domain/errors";
import {
  addMonths,
  type PlainDate,
  parsePlainDate,
  plainDateFromInstantUtc,
  startOfMonth,
} from "@/lib/domain/plain-date";

const READ_AT_ONCE = 1_000;

export interface RetentionOptions {
  /** Connection of the role that owns the tables. */
  databaseUrl: string;
  /** Where exported months go. */
  folder: string;
  /** Months that stay besides the current one; undefined keeps all. */
  keepMonths: number | undefined;
  now: Date;
}

/**
 * Seals the months of the audit that are over (number of events, hash, chain), then exports and drops those that are older than is kept. A month is
 * dropped only when what was exported has the hash of its seal. Returns the months, as 2026-10. Errors: AppError "conflict" where a sealed month is no
 * longer what it was.
 */
export async function retainAudit(options: RetentionOptions): Promise<{ sealed: string[]; dropped: string[] }> {
  const client = new pg.Client({ connectionString: options.databaseUrl, options: "-c timezone=UTC" });
  await client.connect();
  try {
    // One at a time: a start and a command at the same moment.
    await client.query("SELECT pg_advisory_lock(hashtext('mq-steward:audit-retention'))");
    const today = startOfMonth(plainDateFromInstantUtc(options.now));
    const sealed = await seal(client, today, options.now);
    const dropped =
      options.keepMonths === undefined ? [] : await drop(client, addMonths(today, -options.keepMonths), options);
    return { sealed, dropped };
  } finally {
    await client.end();
  }
}

async function seal(client: pg.Client, today: PlainDate, now: Date): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(
    `SELECT DISTINCT to_char(date_trunc('month', at), 'YYYY-MM-DD') AS month FROM audit_event
      WHERE at < $1::date AND at >= COALESCE((SELECT max(month) + interval '1 month' FROM audit_month), '-infinity') ORDER BY 1`,
    [today],
  );
  for (const { month } of rows) {
    const { events, lastId, sha256 } = await hashOf(client, parsePlainDate(month));
    const { rows: before } = await client.query<{ chain: string }>(
      "SELECT chain FROM audit_month ORDER BY month DESC LIMIT 1",
    );
    const chain = auditChain(before[0]?.chain ?? null, { month, events, sha256 });
    await client.query(
      "INSERT INTO audit_month (month, events, last_event_id, sha256, chain, sealed_at) VALUES ($1, $2, $3, $4, $5, $6)",
      [month, events, lastId, sha256, chain, now],
    );
  }
  return rows.map(({ month }) => month.slice(0, 7));
}

async function drop(client: pg.Client, before: PlainDate, { folder, now }: RetentionOptions): Promise<string[]> {
  const { rows } = await client.query<{ month: string; sha256: string; events: number }>(
    `SELECT to_char(month, 'YYYY-MM-DD') AS month, sha256, events FROM audit_month WHERE dropped_at IS NULL AND month < $1 ORDER BY month`,
    [before],
  );
  for (const { month, sha256, events } of rows) {
    const name = `audit-${month.slice(0, 7)}.ndjson.gz`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `${name}.draft`);
    const found = createHash("sha256");
    try {
      await pipeline(
        Readable.from(hashing(linesOf(client, parsePlainDate(month)), found)),
        createGzip(),
        createWriteStream(draft, { mode: 0o600, flush: true }),
      );
      if (found.digest("hex") !== sha256) {
        throw new AppError(
          "conflict",
          `The audit of ${month.slice(0, 7)} is no longer what was sealed: nothing of it is dropped.`,
        );
      }
      await rename(draft, join(folder, name));
    } finally {
      await rm(draft, { force: true });
    }
    await dropMonth(client, parsePlainDate(month), { events, name, now });
  }
  return rows.map(({ month }) => month.slice(0, 7));
}

/** Only whoever owns the table can switch its triggers off: the application's role, where it is another, cannot. */
async function dropMonth(
  client: pg.Client,
  month: PlainDate,
  { events, name, now }: { events: number; name: string; now: Date },
): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only");
    const { rowCount } = await client.query("DELETE FROM audit_event WHERE at >= $1::date AND at < $2::date", [
      month,
      addMonths(month, 1),
    ]);
    await client.query("ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only");
    if (rowCount !== events) throw new AppError("conflict", `The audit of ${month} changed while it was exported.`);
    await client.query("UPDATE audit_month SET file = $2, dropped_at = $3 WHERE month = $1", [month, name, now]);
    await client.query(
      `INSERT INTO audit_event (at, actor, action, subject_type, subject_key, after)
       VALUES ($1, 'system:retention', 'audit.drop', 'audit', $2, $3)`,
      [now, month.slice(0, 7), JSON.stringify({ events, file: name })],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function hashOf(
  client: pg.Client,
  month: PlainDate,
): Promise<{ events: number; lastId: string; sha256: string }> {
  const hash = createHash("sha256");
  for await (const _ of hashing(linesOf(client, month), hash)) {
    // Hashing is all that is wanted.
  }
  const { rows } = await client.query<{ events: number; lastId: string }>(
    `SELECT count(*)::int AS events, max(id)::text AS "lastId" FROM audit_event WHERE at >= $1::date AND at < $2::date`,
    [month, addMonths(month, 1)],
  );
  const [row] = rows;
  return { events: row?.events ?? 0, lastId: row?.lastId ?? "0", sha256: hash.digest("hex") };
}

async function* hashing(lines: AsyncIterable<string>, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  for await (const line of lines) {
    hash.update(line);
    yield line;
  }
}

/** The events of a month as JSON lines, in their order. */
async function* linesOf(client: pg.Client, month: PlainDate): AsyncGenerator<string> {
  let above = "0";
  for (;;) {
    const { rows } = await client.query<{ id: string; line: string }>(
      `SELECT id::text AS id, to_jsonb(e)::text AS line FROM audit_event e WHERE at >= $1::date AND at < $2::date AND id > $3::bigint ORDER BY id LIMIT $4`,
      [month, addMonths(month, 1), above, READ_AT_ONCE],
    );
    for (const { line } of rows) yield `${line}\n`;
    const last = rows.at(-1);
    if (!last) return;
    above = last.id;
  }
}
