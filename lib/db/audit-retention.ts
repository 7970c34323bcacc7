import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import pg from "pg";
import { CHANGED_MONTHS_SQL } from "@/lib/db/audit-queries";
import { auditChain } from "@/lib/domain/audit-chain";
import { AppError } from "@/lib/domain/errors";
import {
  addDays,
  addMonths,
  type PlainDate,
  parsePlainDate,
  plainDateFromInstantUtc,
  startOfMonth,
} from "@/lib/domain/plain-date";

const READ_AT_ONCE = 1_000;

/** Days a month has been over before it is sealed: what began in it is written by then. */
const SETTLES_FOR_DAYS = 1;

/**
 * What a seal and an export hold of an event: these columns and no others, so that a column added later breaks no seal. The text is that of jsonb, which
 * orders keys itself.
 */
export const SEALED_COLUMNS = [
  "id",
  "at",
  "actor",
  "action",
  "permission",
  "subject_type",
  "subject_key",
  "before",
  "after",
  "request_id",
  "remote",
  "person_id",
] as const;
const LINE = `jsonb_build_object(${SEALED_COLUMNS.map((column) => `'${column}', e.${column}`).join(", ")})::text`;

export interface RetentionOptions {
  /** Connection of the role that owns the tables. */
  databaseUrl: string;
  /** Where exported months go, each database's into a folder of its own name. */
  folder: string;
  /** Months that stay besides the current one; undefined keeps all. */
  keepMonths: number | undefined;
  now: Date;
}

export interface Retained {
  /** Months, as 2026-10. */
  sealed: string[];
  dropped: string[];
  /** What is wrong with the audit or its export, a sentence each: a person has to look, and the product runs on. */
  problems: string[];
}

/**
 * Seals the months of the audit that are over (number of events, hash, chain), then exports and drops those that are older than is kept. A month is
 * dropped only when what lies in its file, safely on disk, has the hash of its seal.
 */
export async function retainAudit(options: RetentionOptions): Promise<Retained> {
  const client = new pg.Client({ connectionString: options.databaseUrl, options: "-c timezone=UTC" });
  await client.connect();
  try {
    // One at a time: a start and a command at the same moment.
    await client.query("SELECT pg_advisory_lock(hashtext('mq-steward:audit-retention'))");
    const today = plainDateFromInstantUtc(options.now);
    const sealed = await seal(client, startOfMonth(addDays(today, -SETTLES_FOR_DAYS)), options.now);
    const problems = await changedMonths(client);
    const dropped =
      options.keepMonths === undefined
        ? []
        : await drop(client, addMonths(startOfMonth(today), -options.keepMonths), options, problems);
    return { sealed, dropped, problems };
  } finally {
    await client.end();
  }
}

async function changedMonths(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ month: string; sealed: boolean }>(CHANGED_MONTHS_SQL);
  return rows.map(({ month, sealed }) =>
    sealed
      ? `The audit of ${month} is no longer what was sealed: events were added, removed or dated back into it.`
      : `The audit of ${month} has events but no seal, and a later month is sealed: they were dated back, or a seal is forged.`,
  );
}

/**
 * Only a seal of a month that is over counts as the last one: none dated ahead keeps the others from being sealed. Over it is when the audit's own events
 * have gone past it, too: a demo that was away catches up on days of the past after the start.
 */
async function seal(client: pg.Client, before: PlainDate, now: Date): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(
    `SELECT DISTINCT to_char(date_trunc('month', at), 'YYYY-MM-DD') AS month FROM audit_event
      WHERE at < LEAST($1::date, (SELECT date_trunc('month', max(at) - make_interval(days => $2)) FROM audit_event))
        AND at >= COALESCE((SELECT max(month) + interval '1 month' FROM audit_month WHERE month < $1::date), '-infinity')
      ORDER BY 1`,
    [before, SETTLES_FOR_DAYS],
  );
  for (const { month } of rows)
    await inTransaction(client, "ISOLATION LEVEL REPEATABLE READ", async () => {
      const { events, lastId, sha256 } = await hashOf(client, parsePlainDate(month));
      const { rows: earlier } = await client.query<{ chain: string }>(
        "SELECT chain FROM audit_month WHERE month < $1::date ORDER BY month DESC LIMIT 1",
        [month],
      );
      const chain = auditChain(earlier[0]?.chain ?? null, { month, events, sha256 });
      await client.query(
        "INSERT INTO audit_month (month, events, last_event_id, sha256, chain, sealed_at) VALUES ($1, $2, $3, $4, $5, $6)",
        [month, events, lastId, sha256, chain, now],
      );
    });
  return rows.map(({ month }) => month.slice(0, 7));
}

async function drop(
  client: pg.Client,
  before: PlainDate,
  { folder, now }: RetentionOptions,
  problems: string[],
): Promise<string[]> {
  const { rows } = await client.query<{ month: string; sha256: string; events: number; database: string }>(
    `SELECT to_char(month, 'YYYY-MM-DD') AS month, sha256, events, current_database() AS database
       FROM audit_month WHERE dropped_at IS NULL AND month < $1 ORDER BY month`,
    [before],
  );
  const dropped: string[] = [];
  for (const { month, sha256, events, database } of rows) {
    const name = join(folderNameOf(database), `audit-${month.slice(0, 7)}.ndjson.gz`);
    try {
      await exportMonth(client, parsePlainDate(month), join(folder, name), sha256);
      await dropMonth(client, parsePlainDate(month), { events, name, now });
      dropped.push(month.slice(0, 7));
    } catch (error) {
      if (!(error instanceof AppError) && !isFileError(error)) throw error;
      problems.push(`Nothing of the audit of ${month.slice(0, 7)} is dropped: ${error.message}`);
    }
  }
  return dropped;
}

/** A folder's name that no other database has, and that leads nowhere else. */
function folderNameOf(database: string): string {
  return encodeURIComponent(database).replaceAll(".", "%2E");
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}

/**
 * Writes a month to its file and makes sure that it is on disk. A file that is there already stays as it is. Errors: AppError "conflict" where the
 * events, or the file that is there, have not the hash of the seal; those of the file system.
 */
async function exportMonth(client: pg.Client, month: PlainDate, file: string, sha256: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    const found = createHash("sha256");
    await inTransaction(client, "ISOLATION LEVEL REPEATABLE READ READ ONLY", () =>
      pipeline(
        Readable.from(hashing(linesOf(client, month), found)),
        createGzip(),
        createWriteStream(draft, { flags: "wx", mode: 0o600 }),
      ),
    );
    if (found.digest("hex") !== sha256)
      throw new AppError("conflict", "its events are no longer what was sealed; compare them with a backup.");
    await sync(draft);
    // Unlike a rename, a link replaces nothing.
    await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      if ((await contentHash(file)) === sha256) return await sync(file);
      throw new AppError("conflict", `${file} is there already and holds something else; move it away.`);
    });
  } finally {
    await rm(draft, { force: true });
  }
  for (const folder of [dirname(file), dirname(dirname(file)), dirname(dirname(dirname(file)))]) await sync(folder);
}

/** Has a file's content, or a folder's names, written to the disk itself. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Hash of what a compressed file holds; null where it is damaged. */
async function contentHash(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), createGunzip(), hash);
  } catch (error) {
    if (isFileError(error)) throw error;
    return null;
  }
  return hash.digest("hex");
}

async function inTransaction(client: pg.Client, mode: string, work: () => Promise<void>): Promise<void> {
  await client.query(`BEGIN ${mode}`);
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** Only whoever owns the table can switch its triggers off: the application's role, where it is another, cannot. */
async function dropMonth(
  client: pg.Client,
  month: PlainDate,
  { events, name, now }: { events: number; name: string; now: Date },
): Promise<void> {
  await inTransaction(client, "", async () => {
    await client.query("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only");
    const { rowCount } = await client.query("DELETE FROM audit_event WHERE at >= $1::date AND at < $2::date", [
      month,
      addMonths(month, 1),
    ]);
    await client.query("ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only");
    if (rowCount !== events) throw new AppError("conflict", "it changed while it was exported.");
    await client.query("UPDATE audit_month SET file = $2, dropped_at = $3 WHERE month = $1", [month, name, now]);
    await client.query(
      `INSERT INTO audit_event (at, actor, action, subject_type, subject_key, after)
       VALUES ($1, 'system:retention', 'audit.drop', 'audit', $2, $3)`,
      [now, month.slice(0, 7), JSON.stringify({ events, file: name })],
    );
  });
}

/** Number, last id and hash come from the same rows. */
async function hashOf(
  client: pg.Client,
  month: PlainDate,
): Promise<{ events: number; lastId: string; sha256: string }> {
  const hash = createHash("sha256");
  const last = { events: 0, lastId: "0" };
  for await (const { id, line } of eventsOf(client, month)) {
    hash.update(line);
    last.events += 1;
    last.lastId = id;
  }
  return { ...last, sha256: hash.digest("hex") };
}

async function* hashing(lines: AsyncIterable<string>, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  for await (const line of lines) {
    hash.update(line);
    yield line;
  }
}

async function* linesOf(client: pg.Client, month: PlainDate): AsyncGenerator<string> {
  for await (const { line } of eventsOf(client, month)) yield line;
}

/** The events of a month as JSON lines, in their order. */
async function* eventsOf(client: pg.Client, month: PlainDate): AsyncGenerator<{ id: string; line: string }> {
  let above = "0";
  for (;;) {
    const { rows } = await client.query<{ id: string; line: string }>(
      `SELECT id::text AS id, ${LINE} || E'\\n' AS line FROM audit_event e
        WHERE at >= $1::date AND at < $2::date AND e.id > $3::bigint ORDER BY e.id LIMIT $4`,
      [month, addMonths(month, 1), above, READ_AT_ONCE],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    above = last.id;
  }
}
