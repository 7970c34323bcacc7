import {
  compareVersionTexts,
  type Engine,
  type EngineVersion,
  engineDisplayName,
  engineLine,
  parseEngineVersion,
  relateEngineVersions,
} from "@/lib/domain/engine-version";
import { addDays, type PlainDate } from "@/lib/domain/plain-date";
import { ADVISORIES, type Advisory, type AdvisorySeverity, type AffectedRange } from "@/lib/reference/advisories";
import { linesOfEngine, SHIPPED_SUPPORT_CALENDAR, type SupportCalendar } from "@/lib/reference/support-calendar";
import { CREATE_BLOCK_DAYS } from "./support-status";

/**
 * `affected`: the running version lies in an affected range; `unknown-patch`: only the line is known and the range ends inside it; `not-assessed`: the
 * advisory says nothing about the line, which is not the same as safe; `not-affected`: fixed, or newer than everything affected; `not-applicable`: it
 * cannot concern Amazon MQ or this engine.
 */
export type AdvisoryOutcome = "affected" | "unknown-patch" | "not-assessed" | "not-affected" | "not-applicable";

/** A line offered on Amazon MQ that has the fix. */
export interface FixOption {
  readonly line: string;
  /** First fixed version on the line; null where the line is newer than everything affected. */
  readonly fixedIn: string | null;
}

/** What an advisory means for a running version on one day. To be worded as an *upstream advisory match*: AWS does not say what it backports. */
export interface AdvisoryMatch {
  readonly advisory: Advisory;
  readonly outcome: AdvisoryOutcome;
  /** The publisher's severity; critical where the vulnerability is known to be exploited. */
  readonly severity: AdvisorySeverity;
  /** Listed by CISA as exploited on that day; null where the catalogue at hand is older than the advisory. */
  readonly knownExploited: boolean | null;
  /** Lines to move to, oldest first. Empty: no fix on Amazon MQ, which asks for mitigation and stands outside the SLA. */
  readonly fixOptions: readonly FixOption[];
  /** Fixed versions that exist in commercial builds only. */
  readonly commercialFixes: readonly string[];
  /** One plain sentence. */
  readonly explanation: string;
}

interface MatchInput {
  engine: Engine;
  version: string;
  /** Default: the shipped one; says which lines Amazon MQ offered on the day. */
  calendar?: SupportCalendar;
  on: PlainDate;
}

/**
 * Every advisory published by day `on` that matches, may match or does not assess the version; by severity, then newest, then id. The answer depends on
 * engine, version, calendar and day alone: for a fleet, ask once per distinct version.
 */
export function matchAdvisories(input: MatchInput & { advisories?: readonly Advisory[] }): readonly AdvisoryMatch[] {
  const offered = linesOffered(input);
  return (input.advisories ?? ADVISORIES)
    .filter((advisory) => advisory.engine === input.engine && advisory.publishedOn <= input.on)
    .map((advisory) => judge(advisory, input, offered))
    .filter(({ outcome }) => outcome !== "not-affected" && outcome !== "not-applicable")
    .sort(byOutcomeSeverityAndAge);
}

/** What one advisory means for the version. */
export function matchAdvisory(advisory: Advisory, input: MatchInput): AdvisoryMatch {
  return judge(advisory, input, linesOffered(input));
}

function judge(advisory: Advisory, input: MatchInput, offered: readonly string[]): AdvisoryMatch {
  const running = parseEngineVersion(input.version);
  const outcome = outcomeOf(advisory, input.engine, running);
  const knownExploited = exploitedOn(advisory, input.on);
  const open = outcome === "affected" || outcome === "unknown-patch";
  const fixOptions = open ? fixesOffered(advisory, input, offered) : [];
  return {
    advisory,
    outcome,
    severity: knownExploited ? "critical" : advisory.severity,
    knownExploited,
    fixOptions,
    commercialFixes: advisory.fixedCommercialOnly,
    explanation: explain(outcome, advisory, input, fixOptions),
  };
}

function outcomeOf(advisory: Advisory, engine: Engine, running: EngineVersion | undefined): AdvisoryOutcome {
  if (advisory.engine !== engine || !advisory.appliesToAmazonMq) return "not-applicable";
  if (!running || running.parts.length < 2) return "unknown-patch";
  const relations = advisory.affected.map((range) => relateToRange(running, range));
  if (relations.includes("inside")) return "affected";
  if (relations.includes("undetermined")) return "unknown-patch";
  if (relations.every((relation) => relation === "after")) return "not-affected";
  const line = engineLine(running);
  const mentioned = advisory.affected.some(
    (range) =>
      (range.fixed && engineLine(range.fixed) === line) || (range.introduced && engineLine(range.introduced) === line),
  );
  return mentioned ? "not-affected" : "not-assessed";
}

function relateToRange(running: EngineVersion, range: AffectedRange): "before" | "inside" | "after" | "undetermined" {
  const fixed = range.fixed === null ? null : parseEngineVersion(range.fixed);
  if (fixed === undefined) return "undetermined";
  const toFixed = fixed === null ? "before" : relateEngineVersions(running, fixed);
  if (toFixed === "after" || toFixed === "same") return "after";
  const toIntroduced = range.introduced === null ? "after" : relateToIntroduced(running, range.introduced);
  if (toIntroduced === "before" || (toIntroduced === "same" && !range.introducedInclusive)) return "before";
  // "4.2" against [4.2.0, 4.2.6): some patches of the line are inside, some are not.
  return toFixed === "undetermined" || toIntroduced === "undetermined" ? "undetermined" : "inside";
}

function relateToIntroduced(running: EngineVersion, text: string): "before" | "same" | "after" | "undetermined" {
  const introduced = parseEngineVersion(text);
  if (!introduced) return "undetermined";
  const relation = relateEngineVersions(running, introduced);
  // Every patch of 4.2 is at or after 4.2.0, so the line alone decides.
  const rest = introduced.parts.slice(running.parts.length);
  return relation === "undetermined" && rest.length > 0 && rest.every((part) => part === 0) ? "after" : relation;
}

/** Lines on which Amazon MQ let brokers be created that day, oldest first. */
function linesOffered(input: MatchInput): readonly string[] {
  return linesOfEngine(input.calendar ?? SHIPPED_SUPPORT_CALENDAR, input.engine)
    .filter(
      ({ offeredSince, endOfSupport, creatable }) =>
        offeredSince !== null &&
        offeredSince <= input.on &&
        (endOfSupport ? input.on < addDays(endOfSupport, -CREATE_BLOCK_DAYS) : creatable),
    )
    .map(({ line }) => line);
}

/**
 * Offered lines that have the fix: a fixed version of the line that is not commercial only, or a line newer than everything affected. Lines older
 * than the running one are no way out.
 */
function fixesOffered(advisory: Advisory, input: MatchInput, offered: readonly string[]): readonly FixOption[] {
  const running = engineLine(input.version);
  return offered.flatMap((line): FixOption[] => {
    if (running && compareVersionTexts(line, running) < 0) return [];
    const fixes = advisory.fixedVersions.filter((version) => engineLine(version) === line);
    const [first] = fixes
      .filter((version) => !advisory.fixedCommercialOnly.includes(version))
      .sort(compareVersionTexts);
    if (first) return [{ line, fixedIn: first }];
    const version = parseEngineVersion(line);
    const newer = version && advisory.affected.every((range) => relateToRange(version, range) === "after");
    return newer && fixes.length === 0 ? [{ line, fixedIn: null }] : [];
  });
}

function exploitedOn(advisory: Advisory, on: PlainDate): boolean | null {
  const { kev } = advisory;
  return kev.listed ? kev.addedOn <= on : kev.listed;
}

function explain(outcome: AdvisoryOutcome, advisory: Advisory, input: MatchInput, fixes: readonly FixOption[]): string {
  const what = `${engineDisplayName(input.engine)} ${input.version}`;
  if (outcome === "not-applicable") return `${advisory.id} does not concern ${what} on Amazon MQ.`;
  if (outcome === "not-affected") return `${what} is not in an affected range of ${advisory.id}.`;
  if (outcome === "not-assessed")
    return `${advisory.id} says nothing about the line of ${what}: not assessed, which is not safe.`;
  const match =
    outcome === "affected"
      ? `${what} lies in an affected range of ${advisory.id} (upstream advisory match; AWS does not publish what it backports).`
      : `${advisory.id} is fixed in a later patch of the line, and the patch level of ${what} is not known.`;
  if (fixes.length === 0) return `${match} No line that Amazon MQ offers has the fix: mitigate.`;
  return `${match} Fixed in ${fixes.map(({ line, fixedIn }) => fixedIn ?? line).join(", ")}.`;
}

const OUTCOME_ORDER: readonly AdvisoryOutcome[] = [
  "affected",
  "unknown-patch",
  "not-assessed",
  "not-affected",
  "not-applicable",
];
const SEVERITY_ORDER: readonly AdvisorySeverity[] = ["critical", "high", "medium", "low", "unrated"];

function byOutcomeSeverityAndAge(a: AdvisoryMatch, b: AdvisoryMatch): number {
  return (
    OUTCOME_ORDER.indexOf(a.outcome) - OUTCOME_ORDER.indexOf(b.outcome) ||
    SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) ||
    (a.advisory.publishedOn < b.advisory.publishedOn ? 1 : a.advisory.publishedOn > b.advisory.publishedOn ? -1 : 0) ||
    (a.advisory.id < b.advisory.id ? -1 : 1)
  );
}
