import { z } from "zod";
import type { KnownEngine } from "@/lib/domain/engine-version";
import { compareVersionTexts } from "@/lib/domain/engine-version";
import { AppError } from "@/lib/domain/errors";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";
import { type Advisory, type AffectedRange, advisorySeverity } from "@/lib/reference/advisories";
import { concernsAmazonMq, engineOfPackage, isZero, nextVersion, rangeOfWords, releaseOf } from "./advisory-versions";

/** Where the advisories were read, and when. */
export interface AdvisoryOrigin {
  source: string;
  /** Read by the product itself at the publisher's address. */
  verified: boolean;
  checkedOn: PlainDate;
}

export interface ParsedAdvisories {
  advisories: Advisory[];
  /** What was not taken, and why. */
  refused: { what: string; reason: string }[];
}

/** Shape of https://ossf.github.io/osv-schema/ as far as it is read. */
const osv = z.object({
  id: z.string().min(1).max(100),
  aliases: z.array(z.string().max(100)).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  published: z.string().nullish(),
  modified: z.string().nullish(),
  withdrawn: z.string().nullish(),
  database_specific: z.looseObject({ severity: z.string().nullish() }).nullish(),
  references: z.array(z.object({ url: z.string() })).nullish(),
  affected: z.array(
    z.object({
      package: z.object({ ecosystem: z.string(), name: z.string() }).nullish(),
      ranges: z.array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) })).nullish(),
      database_specific: z.looseObject({ severity: z.string().nullish() }).nullish(),
      ecosystem_specific: z.looseObject({ severity: z.string().nullish() }).nullish(),
    }),
  ),
});

/** Shape of https://docs.github.com/en/rest/security-advisories/global-advisories, and of a repository's own, as far as it is read. */
const github = z.object({
  ghsa_id: z.string().min(1).max(100),
  cve_id: z.string().max(100).nullish(),
  summary: z.string().nullish(),
  severity: z.string().nullish(),
  published_at: z.string().nullish(),
  withdrawn_at: z.string().nullish(),
  html_url: z.string().nullish(),
  cvss: z.object({ vector_string: z.string().nullish(), score: z.number().nullish() }).nullish(),
  vulnerabilities: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string().nullish(), name: z.string().nullish() }).nullish(),
        vulnerable_version_range: z.string().nullish(),
        first_patched_version: z.union([z.string(), z.object({ identifier: z.string() })]).nullish(),
        patched_versions: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** What a publisher says of one package. */
interface Claim {
  ecosystem: string;
  name: string;
  /** A text: why its ranges cannot be read. */
  ranges: readonly AffectedRange[] | string;
  fixed: readonly string[];
}

/** An advisory before its packages are told apart. */
interface Told {
  id: string;
  aliases: readonly string[];
  title: string;
  severityText: string | null;
  cvss: Advisory["cvss"];
  published: string | null | undefined;
  withdrawn: string | null | undefined;
  url: string | null;
  claims: readonly Claim[];
}

/**
 * Advisories of OSV or GitHub, one or a list. What cannot be mapped to ActiveMQ Classic or RabbitMQ, has no versions or was withdrawn is refused with the
 * reason. Severity is the publisher's word; a score only where the publisher wrote a number. Errors: invalid-input for another shape.
 */
export function parseAdvisories(json: unknown, origin: AdvisoryOrigin): ParsedAdvisories {
  const entries = entriesOf(json);
  const result: ParsedAdvisories = { advisories: [], refused: [] };
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const told = toldOf(entry);
    if (!told) {
      result.refused.push({ what: `entry ${index + 1}`, reason: "It is neither an OSV nor a GitHub advisory." });
      continue;
    }
    const made = advisoryOf(told, origin);
    if (typeof made === "string") result.refused.push({ what: told.id, reason: made });
    else if (seen.has(made.id)) result.refused.push({ what: told.id, reason: "The file has it twice." });
    else {
      seen.add(made.id);
      result.advisories.push(made);
    }
  }
  if (entries.length > 0 && entries.length === result.refused.length && entries.every((entry) => !toldOf(entry))) {
    throw new AppError("invalid-input", "The file has neither OSV nor GitHub advisories.");
  }
  if (entries.length === 0) throw new AppError("invalid-input", "The file has no advisories.");
  return result;
}

/** One object, a list, or OSV's answer to a query. */
function entriesOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  const answer = z.object({ vulns: z.array(z.unknown()) }).safeParse(json);
  return answer.success ? answer.data.vulns : [json];
}

function toldOf(entry: unknown): Told | null {
  const ofGithub = github.safeParse(entry);
  if (ofGithub.success) return toldByGithub(ofGithub.data);
  const ofOsv = osv.safeParse(entry);
  return ofOsv.success ? toldByOsv(ofOsv.data) : null;
}

function toldByGithub(entry: z.output<typeof github>): Told {
  const { ghsa_id: ghsa, cve_id: cve, cvss, severity } = entry;
  const url = entry.html_url ?? `https://github.com/advisories/${ghsa}`;
  const score = cvss?.score ?? 0;
  const version = /^CVSS:(\d\.\d)/.exec(cvss?.vector_string ?? "")?.[1] ?? "unknown";
  return {
    id: cve ?? ghsa,
    aliases: cve ? [ghsa] : [],
    title: entry.summary ?? cve ?? ghsa,
    severityText: severity && severity !== "unknown" ? `${severity} (GitHub advisory)` : null,
    // GitHub writes 0 where nobody scored it.
    cvss: score > 0 ? { version, score, source: url } : null,
    published: entry.published_at,
    withdrawn: entry.withdrawn_at,
    url,
    claims: (entry.vulnerabilities ?? []).map((vulnerability) => {
      const { package: item, vulnerable_version_range: words, first_patched_version: first } = vulnerability;
      const range = words ? rangeOfWords(words) : undefined;
      const patched = typeof first === "string" ? first : (first?.identifier ?? vulnerability.patched_versions ?? "");
      return {
        ecosystem: item?.ecosystem ?? "",
        name: item?.name ?? "",
        ranges: range
          ? [range]
          : `the affected versions ${words ? `"${words.slice(0, 80)}" cannot be read` : "are missing"}`,
        fixed: patched.split(",").flatMap((text) => finalVersion(text)),
      };
    }),
  };
}

function toldByOsv(entry: z.output<typeof osv>): Told {
  const aliases = entry.aliases ?? [];
  const cve = [entry.id, ...aliases].find((name) => name.startsWith("CVE-"));
  const word = [entry, ...entry.affected].flatMap((part) => part.database_specific?.severity ?? [])[0];
  const id = cve ?? entry.id;
  return {
    id,
    aliases: [entry.id, ...aliases].filter((name) => name !== id),
    title: (entry.summary ?? entry.details?.split("\n").find((line) => line.trim() !== "") ?? id).slice(0, 300),
    severityText: word ? `${word.toLowerCase()} (OSV)` : null,
    // OSV has vectors, no scores: they are not computed here.
    cvss: null,
    published: entry.published,
    withdrawn: entry.withdrawn,
    url: entry.references?.[0]?.url ?? `https://osv.dev/vulnerability/${entry.id}`,
    claims: entry.affected.map(({ package: item, ranges }) => {
      const versioned = (ranges ?? []).filter(({ type }) => type !== "GIT");
      const read = versioned.map(({ events }) => rangesOfEvents(events));
      const unreadable = read.find((range) => typeof range === "string");
      return {
        ecosystem: item?.ecosystem ?? "",
        name: item?.name ?? "",
        ranges:
          versioned.length === 0
            ? "its affected versions are told as commits or one by one, not as ranges"
            : typeof unreadable === "string"
              ? unreadable
              : read.flatMap((range) => (typeof range === "string" ? [] : range)),
        fixed: versioned.flatMap(({ events }) => events.flatMap(({ fixed }) => (fixed ? finalVersion(fixed) : []))),
      };
    }),
  };
}

/** Ranges of OSV's events, or why they cannot be read. An `introduced` opens a range, `fixed` or `last_affected` closes it. */
function rangesOfEvents(events: readonly Readonly<Record<string, string>>[]): AffectedRange[] | string {
  const ranges: AffectedRange[] = [];
  let open: AffectedRange | null = null;
  for (const event of events) {
    const [[kind, text] = ["", ""]] = Object.entries(event);
    const release = releaseOf(text);
    if (kind === "limit") continue;
    if (!release) return `the version "${text.slice(0, 60)}" cannot be read`;
    const { version, early } = release;
    if (kind === "introduced") {
      if (open) ranges.push(open);
      open = { introduced: isZero(version) ? null : version, introducedInclusive: true, fixed: null };
    } else if (kind === "fixed" && open) {
      ranges.push({ ...open, fixed: version });
      open = null;
    } else if (kind === "last_affected" && open) {
      ranges.push({ ...open, fixed: early ? version : nextVersion(version) });
      open = null;
    } else return `the event "${kind.slice(0, 60)}" stands where none is expected`;
  }
  return open ? [...ranges, open] : ranges;
}

function advisoryOf(told: Told, { source, verified, checkedOn }: AdvisoryOrigin): Advisory | string {
  if (told.withdrawn) return `Its publisher withdrew it on ${told.withdrawn.slice(0, 10)}.`;
  const publishedOn = (told.published ?? "").slice(0, 10);
  if (!isPlainDate(publishedOn)) return "It has no date of publication.";
  const reasons: string[] = [];
  const byEngine = new Map<KnownEngine, { ranges: AffectedRange[]; fixed: string[] }>();
  for (const { ecosystem, name, ranges, fixed } of told.claims) {
    const mapped = engineOfPackage(ecosystem, name);
    if ("reason" in mapped) reasons.push(mapped.reason);
    else if (typeof ranges === "string") reasons.push(ranges);
    else {
      const there = byEngine.get(mapped.engine) ?? { ranges: [], fixed: [] };
      byEngine.set(mapped.engine, { ranges: [...there.ranges, ...ranges], fixed: [...there.fixed, ...fixed] });
    }
  }
  const [claimed, ...others] = byEngine;
  if (!claimed) return sentence(reasons.length > 0 ? [...new Set(reasons)].join("; ") : "it names no package");
  if (others.length > 0) return "It names both engines.";
  const [engine, { ranges, fixed }] = claimed;
  const affected = distinct(ranges);
  if (affected.length === 0) return "It names no affected versions.";
  return {
    id: told.id,
    aliases: told.aliases,
    engine,
    title: told.title,
    severity: advisorySeverity(told.severityText),
    severityText: told.severityText,
    cvss: told.cvss,
    affected,
    fixedVersions: [...new Set(fixed)].sort(compareVersionTexts),
    fixedCommercialOnly: [],
    publishedOn,
    publishedSource: "advisory",
    kev: { listed: null, source: "The loaded file has no catalogue of exploited vulnerabilities" },
    appliesToAmazonMq: concernsAmazonMq(engine, affected),
    url: told.url,
    source,
    verified,
    checkedOn,
    notes: reasons.length > 0 ? `Not taken of it: ${[...new Set(reasons)].join("; ")}.` : null,
  };
}

/** A fixed version that is a release. */
function finalVersion(text: string): string[] {
  const release = releaseOf(text.replace(/^\s*>=?\s*/, ""));
  return release && !release.early ? [release.version] : [];
}

function distinct(ranges: readonly AffectedRange[]): AffectedRange[] {
  const byText = new Map(ranges.map((range) => [JSON.stringify(range), range]));
  return [...byText.values()].sort((a, b) => compareVersionTexts(a.introduced ?? "0", b.introduced ?? "0"));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
