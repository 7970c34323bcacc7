import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { SEVERITIES } from "@/lib/domain/finding";
import { isPlainDate, type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import { CALENDAR_ROW_KINDS, type CalendarRowKind } from "@/lib/domain/reference-kind";
import type { Advisory } from "@/lib/reference/advisories";
import type { CalendarOverride } from "@/lib/reference/calendar-override";

const plainDate = z.custom<PlainDate>((value) => typeof value === "string" && isPlainDate(value));

/** An override with its history. */
export interface OverrideRow extends CalendarOverride {
  id: number;
  madeAt: Date;
  /** Null: in force. */
  endedAt: Date | null;
  endedBy: string | null;
  endedReason: string | null;
}

const OVERRIDE_COLUMNS = `id, kind, engine, key, end_of_support::text AS "endOfSupport", creatable, checked_on::text AS "checkedOn", source, reason,
  made_at AS "madeAt", made_by AS "madeBy", ended_at AS "endedAt", ended_by AS "endedBy", ended_reason AS "endedReason"`;

/** Overrides, newest first: those in force, or all that there ever were. */
export async function overrideRows(db: Database, which: "standing" | "all"): Promise<OverrideRow[]> {
  const rows = await db.rows<
    Omit<OverrideRow, "kind" | "endOfSupport" | "checkedOn"> & {
      kind: string;
      endOfSupport: string | null;
      checkedOn: string;
    }
  >(
    `SELECT ${OVERRIDE_COLUMNS} FROM reference_override WHERE $1 OR ended_at IS NULL ORDER BY made_at DESC, id DESC`,
    which === "all",
  );
  return rows.flatMap(({ kind: text, endOfSupport, checkedOn, ...row }) => {
    const kind = CALENDAR_ROW_KINDS.find((known) => known === text);
    return kind
      ? [
          {
            ...row,
            kind,
            checkedOn: parsePlainDate(checkedOn),
            endOfSupport: endOfSupport !== null && isPlainDate(endOfSupport) ? endOfSupport : null,
          },
        ]
      : [];
  });
}

/** Ends the override of a row that is in force; returns its id, or null when there was none. */
export async function endOverride(
  db: Database,
  row: { kind: CalendarRowKind; engine: string; key: string },
  by: { at: Date; actor: string; reason: string },
): Promise<number | null> {
  const [ended] = await db.rows<{ id: number }>(
    `UPDATE reference_override SET ended_at = $4, ended_by = $5, ended_reason = $6
      WHERE kind = $1 AND engine = $2 AND key = $3 AND ended_at IS NULL RETURNING id`,
    row.kind,
    row.engine,
    row.key,
    by.at,
    by.actor,
    by.reason,
  );
  return ended?.id ?? null;
}

/** Puts an override in force; whatever was in force before must have been ended. Returns its id. */
export async function insertOverride(db: Database, row: CalendarOverride & { madeAt: Date }): Promise<number> {
  const [made] = await db.rows<{ id: number }>(
    `INSERT INTO reference_override (kind, engine, key, end_of_support, creatable, checked_on, source, reason, made_at, made_by)
     VALUES ($1, $2, $3, $4::date, $5, $6::date, $7, $8, $9, $10) RETURNING id`,
    row.kind,
    row.engine,
    row.key,
    row.endOfSupport,
    row.creatable,
    row.checkedOn,
    row.source,
    row.reason,
    row.madeAt,
    row.madeBy,
  );
  return made?.id ?? 0;
}

/** A published source as it was loaded; `content` without those whose rows stand elsewhere. */
export interface ImportRow {
  id: number;
  kind: string;
  origin: string;
  originName: string;
  sha256: string;
  bytes: number;
  summary: ImportSummary;
  importedAt: Date;
  importedBy: string;
  endedAt: Date | null;
  endedBy: string | null;
  endedReason: string | null;
}

/** What an import came to. */
const importSummary = z.object({
  /** Rows read of it. */
  rows: z.number().int(),
  /** Sentences, the most important first. */
  told: z.array(z.string()),
  /** What was not taken, each with the reason. */
  refused: z.array(z.object({ what: z.string(), reason: z.string() })),
});
export type ImportSummary = z.infer<typeof importSummary>;

const IMPORT_COLUMNS = `id, kind, origin, origin_name AS "originName", sha256, bytes, summary, imported_at AS "importedAt", imported_by AS "importedBy",
  ended_at AS "endedAt", ended_by AS "endedBy", ended_reason AS "endedReason"`;

/** Every import, newest first. */
export async function importRows(db: Database): Promise<ImportRow[]> {
  const rows = await db.rows<Omit<ImportRow, "summary"> & { summary: unknown }>(
    `SELECT ${IMPORT_COLUMNS} FROM reference_import ORDER BY imported_at DESC, id DESC`,
  );
  return rows.map((row) => ({ ...row, summary: importSummary.parse(row.summary) }));
}

/** One published line of a support calendar. */
const publishedLine = z.object({
  line: z.string(),
  /** First day past support; null: none published, or past with no day given (`ended`). */
  endOfSupport: plainDate.nullable(),
  /** The source says that support has ended. */
  ended: z.boolean(),
});
export type PublishedLine = z.infer<typeof publishedLine>;

/** The newest standing import of a published calendar with its lines; null when none was loaded. */
export async function publishedCalendar(
  db: Database,
  kind: string,
): Promise<{ originName: string; importedAt: Date; lines: PublishedLine[] } | null> {
  const [row] = await db.rows<{ originName: string; importedAt: Date; content: unknown }>(
    `SELECT origin_name AS "originName", imported_at AS "importedAt", content FROM reference_import
      WHERE kind = $1 AND ended_at IS NULL ORDER BY imported_at DESC, id DESC LIMIT 1`,
    kind,
  );
  return row ? { ...row, lines: z.array(publishedLine).parse(row.content) } : null;
}

/** Which advisory imports stand, newest first: enough to know whether anything changed. */
export function advisoryImportKeys(db: Database): Promise<{ id: number; sha256: string }[]> {
  return db.rows(
    `SELECT id, sha256 FROM reference_import WHERE kind = 'advisories' AND ended_at IS NULL ORDER BY imported_at DESC, id DESC`,
  );
}

const storedAdvisory = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  engine: z.string(),
  title: z.string(),
  severity: z.enum([...SEVERITIES, "unrated"]),
  severityText: z.string().nullable(),
  cvss: z.object({ version: z.string(), score: z.number(), source: z.string() }).nullable(),
  affected: z.array(
    z.object({ introduced: z.string().nullable(), introducedInclusive: z.boolean(), fixed: z.string().nullable() }),
  ),
  fixedVersions: z.array(z.string()),
  fixedCommercialOnly: z.array(z.string()),
  publishedOn: plainDate,
  publishedSource: z.string(),
  kev: z.object({ listed: z.null(), source: z.string() }),
  appliesToAmazonMq: z.boolean(),
  url: z.string().nullable(),
  source: z.string(),
  verified: z.boolean(),
  checkedOn: plainDate,
  notes: z.string().nullable(),
});

/** The advisories of standing imports, those of the newest import first. */
export async function importedAdvisories(db: Database): Promise<Advisory[]> {
  const rows = await db.rows<{ content: unknown }>(
    `SELECT content FROM reference_import WHERE kind = 'advisories' AND ended_at IS NULL ORDER BY imported_at DESC, id DESC`,
  );
  return rows.flatMap(({ content }) => z.array(storedAdvisory).parse(content));
}

/** Keeps an import; returns its id. */
export async function insertImport(
  db: Database,
  row: Omit<ImportRow, "id" | "endedAt" | "endedBy" | "endedReason"> & { content: unknown },
): Promise<number> {
  const [made] = await db.rows<{ id: number }>(
    `INSERT INTO reference_import (kind, origin, origin_name, sha256, bytes, content, summary, imported_at, imported_by)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9) RETURNING id`,
    row.kind,
    row.origin,
    row.originName,
    row.sha256,
    row.bytes,
    toJsonb(row.content),
    toJsonb(row.summary),
    row.importedAt,
    row.importedBy,
  );
  return made?.id ?? 0;
}

/** Takes an import back; false when it was already, or never was. */
export async function endImport(
  db: Database,
  id: number,
  by: { at: Date; actor: string; reason: string },
): Promise<boolean> {
  const ended = await db.execute(
    `UPDATE reference_import SET ended_at = $2, ended_by = $3, ended_reason = $4 WHERE id = $1 AND ended_at IS NULL`,
    id,
    by.at,
    by.actor,
    by.reason,
  );
  return ended > 0;
}

/** What AWS offered live: in how many regions each engine line and instance type, and when that was read first and last. */
export interface LiveOffer {
  kind: string;
  engine: string;
  /** engine-version: the version as AWS names it; instance-option: the instance type. */
  name: string;
  regions: number;
  observedAt: Date;
}

/** What AWS offers, by engine version and instance type over all regions that were read. */
export function liveOffers(db: Database): Promise<LiveOffer[]> {
  return db.rows(
    `SELECT kind, split_part(key, '/', 1) AS engine, split_part(key, '/', 2) AS name, count(DISTINCT region)::int AS regions,
       max(observed_at) AS "observedAt"
       FROM engine_offer GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
}

/** Days on which list prices were loaded, the newest first: how many, from where, and the newest day of publication. */
export function loadedPriceLists(
  db: Database,
): Promise<{ source: string; prices: number; publishedOn: PlainDate | null; observedAt: Date }[]> {
  return db.rows(
    `SELECT source, count(*)::int AS prices, max(published_on)::text AS "publishedOn", max(observed_at) AS "observedAt"
       FROM list_price GROUP BY 1 ORDER BY 4 DESC, 1`,
  );
}

/** How many present brokers run on each engine line and each instance type. */
export async function brokersByCalendarRow(
  db: Database,
): Promise<{ kind: CalendarRowKind; engine: string; key: string; brokers: number }[]> {
  const rows = await db.rows<{ engine: string; line: string | null; type: string | null; brokers: number }>(
    `SELECT engine, engine_line AS line, lower(instance_type) AS type, count(*)::int AS brokers
       FROM broker b WHERE gone_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = b.account_id AND a.removed_at IS NOT NULL)
      GROUP BY GROUPING SETS ((engine, engine_line), (engine, lower(instance_type)))`,
  );
  return rows.flatMap(({ engine, line, type, brokers }) => [
    ...(line === null ? [] : [{ kind: "engine-line" as const, engine, key: line, brokers }]),
    ...(type === null ? [] : [{ kind: "instance-type" as const, engine, key: type, brokers }]),
  ]);
}
