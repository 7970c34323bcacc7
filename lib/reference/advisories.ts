import { type Engine, type KnownEngine, normalizeEngine } from "@/lib/domain/engine-version";
import { SEVERITIES, type Severity, severityRank } from "@/lib/domain/finding";
import { type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import data from "./data/advisories.json";
import { openReferenceFile, type Provenance, type ReferenceRow } from "./reference-row";

/** Severity as the publisher gave it, by a fixed map; `unrated` when the publisher gave none. Scores are never invented. */
export type AdvisorySeverity = Severity | "unrated";

/** Versions from `introduced` up to, not including, `fixed`. A publisher's "up to and including 5.18.6" is written as `fixed` 5.18.7. */
export interface AffectedRange {
  /** Null: all earlier versions. */
  readonly introduced: string | null;
  /** Whether `introduced` itself is affected. */
  readonly introducedInclusive: boolean;
  /** Null: no version is known to be free of it again. */
  readonly fixed: string | null;
}

/** Entry in CISA's catalogue of known exploited vulnerabilities. */
export type KevStatus =
  | { readonly listed: true; readonly addedOn: PlainDate; readonly dueOn: PlainDate | null; readonly source: string }
  | { readonly listed: false; readonly asOf: PlainDate; readonly source: string }
  /** The catalogue at hand is older than the advisory. */
  | { readonly listed: null; readonly source: string };

/** A security advisory of the open-source project. What AWS backports is not published, so a match is an *upstream advisory match*. */
export interface Advisory extends Provenance {
  /** CVE id, or GHSA id where no CVE was assigned. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly engine: Engine;
  readonly title: string;
  readonly severity: AdvisorySeverity;
  /** The publisher's own words. */
  readonly severityText: string | null;
  /** Only where a record with a score was read. */
  readonly cvss: { readonly version: string; readonly score: number; readonly source: string } | null;
  readonly affected: readonly AffectedRange[];
  readonly fixedVersions: readonly string[];
  /** Fixed versions that have no open-source build. */
  readonly fixedCommercialOnly: readonly string[];
  readonly publishedOn: PlainDate;
  readonly publishedSource: string;
  readonly kev: KevStatus;
  /** False where it cannot concern Amazon MQ (6.x only, Windows only, a plugin that is not offered). */
  readonly appliesToAmazonMq: boolean;
  readonly url: string | null;
}

/** Last day the data reaches, per engine: shown wherever advisories are. */
export const ADVISORIES_COMPLETE_UNTIL: Readonly<Record<KnownEngine, PlainDate>> = {
  ACTIVEMQ: parsePlainDate("2026-08-03"),
  RABBITMQ: parsePlainDate("2026-08-21"),
};

const SEVERITY_WORDS: Readonly<Record<string, Severity>> = {
  critical: "critical",
  important: "high",
  high: "high",
  moderate: "medium",
  medium: "medium",
  low: "low",
};

const file = openReferenceFile("advisories", data);

/** Every advisory. Sources: Apache ActiveMQ announcements; RabbitMQ security advisories; CISA KEV. */
export const ADVISORIES: readonly Advisory[] = file.rows.map(readAdvisory);

/** What the collector noted: coverage, exclusions, traps. */
export const ADVISORY_NOTES: readonly string[] = file.notes;

/** Advisories as a value: the shipped ones, or those and the imported ones. */
export interface AdvisoryBook {
  readonly rows: readonly Advisory[];
  /** By id or alias. */
  readonly find: (id: string) => Advisory | undefined;
  /** Names what was added to the shipped rows; null: nothing. Two books of one fingerprint say the same. */
  readonly additions: string | null;
}

/** The shipped rows with others added. A row whose id or alias is there already is left out: the shipped row stays in force. */
export function advisoryBook(added: readonly Advisory[], additions: string | null): AdvisoryBook {
  const rows = [...ADVISORIES];
  const byId = new Map(ADVISORIES.flatMap((row) => namesOf(row).map((name) => [name, row] as const)));
  for (const row of added) {
    if (namesOf(row).some((name) => byId.has(name))) continue;
    rows.push(row);
    for (const name of namesOf(row)) byId.set(name, row);
  }
  return { rows, find: (id) => byId.get(id), additions };
}

/** The advisories that are shipped. */
export const SHIPPED_ADVISORIES: AdvisoryBook = advisoryBook([], null);

/** A shipped advisory by its id or an alias. */
export function findAdvisory(id: string): Advisory | undefined {
  return SHIPPED_ADVISORIES.find(id);
}

/** Every name of an advisory, its id first. */
export function namesOf({ id, aliases }: Pick<Advisory, "id" | "aliases">): readonly string[] {
  return [id, ...aliases];
}

/**
 * Severity of the publisher's words. Where one publisher says two ("low (text) / high (score)") the higher counts: the safe side. Words outside the
 * map are unrated.
 */
export function advisorySeverity(text: string | null): AdvisorySeverity {
  const found = (text ?? "").split("/").flatMap((part) => {
    const word = /^[a-z]+/.exec(part.trim().toLowerCase())?.[0] ?? "";
    return Object.hasOwn(SEVERITY_WORDS, word) ? (SEVERITY_WORDS[word] ?? []) : [];
  });
  const highest = Math.max(0, ...found.map(severityRank));
  return SEVERITIES[highest - 1] ?? "unrated";
}

function readAdvisory(row: ReferenceRow): Advisory {
  const severityText = row.optionalText("severity");
  return {
    id: row.text("id"),
    aliases: row.texts("aliases"),
    engine: normalizeEngine(row.text("engine")),
    title: row.text("title"),
    severity: advisorySeverity(severityText),
    severityText,
    cvss: row.raw("cvss") == null ? null : readCvss(row.row("cvss")),
    affected: row.rows("affected").map((range) => ({
      introduced: range.optionalText("introduced"),
      introducedInclusive: range.optionalFlag("introduced_inclusive") ?? true,
      fixed: range.text("fixed"),
    })),
    fixedVersions: row.texts("fixed_versions"),
    fixedCommercialOnly: row.texts("fixed_commercial_only"),
    publishedOn: row.date("published"),
    publishedSource: row.text("published_source"),
    kev: readKev(row.row("kev")),
    appliesToAmazonMq: row.flag("applies_to_amazon_mq_lines"),
    url: row.optionalText("url"),
    ...row.provenance,
  };
}

function readCvss(row: ReferenceRow): Advisory["cvss"] {
  return { version: row.text("version"), score: row.number("score"), source: row.text("source") };
}

function readKev(row: ReferenceRow): KevStatus {
  const listed = row.optionalFlag("listed");
  const source = row.text("source");
  if (listed === null) return { listed, source };
  return listed
    ? { listed, addedOn: row.date("date_added"), dueOn: row.optionalDate("due_date"), source }
    : { listed, asOf: row.date("as_of"), source };
}
