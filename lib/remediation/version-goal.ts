import { compareVersionTexts, engineLine, isKnownEngine } from "@/lib/domain/engine-version";
import { nextHops, type UpgradeHop } from "@/lib/lifecycle/upgrade-hops";
import { findingsOf, type PlannedFinding, type Planning } from "@/lib/remediation/step-base";

/** Rules whose findings a newer line puts right. */
export const LINE_RULES = [
  "engine-version-supported",
  "free-of-known-advisories",
  "critical-fixes-installed",
  "mesh-engine-versions-equal",
];

export interface VersionGoal {
  /** Hops to make, in order; empty where the line stays. */
  hops: readonly UpgradeHop[];
  /** Findings that the last hop puts right. */
  findings: readonly PlannedFinding[];
  /** Findings that a newer patch of the running line puts right. */
  patches: readonly PlannedFinding[];
  /** Findings for which no line on the way has a fix. */
  without: readonly PlannedFinding[];
  /** Why hops cannot be planned; null where they can, or none are wanted. */
  problem: string | null;
}

/** Which line the broker has to reach for its findings, or for the goal a person set, and the hops on the way as AWS allows them today. */
export function versionGoal(planning: Planning): VersionGoal {
  const { broker, context } = planning;
  const { engine, engineVersion } = broker.attributes;
  const patches = [...findingsOf(planning, "newest-patch-installed")];
  const none: VersionGoal = { hops: [], findings: [], patches, without: [], problem: null };
  const candidates = findingsOf(planning, ...LINE_RULES);
  const wanted = context.goal.toLine;
  if (candidates.length === 0 && wanted === undefined) return none;
  const line = engineVersion ? engineLine(engineVersion) : undefined;
  if (!engine || !isKnownEngine(engine) || !line)
    return {
      ...none,
      without: candidates,
      problem: "Engine and version were never observed, so no way can be planned.",
    };
  const path = wholePath(planning, line);
  const findings: PlannedFinding[] = [];
  const without: PlannedFinding[] = [];
  let needed = 0;
  for (const finding of candidates) {
    const position = hopsNeeded(finding, line, path);
    if (position === null) without.push(finding);
    else if (position === 0) patches.push(finding);
    else {
      findings.push(finding);
      needed = Math.max(needed, position);
    }
  }
  let problem: string | null = null;
  if (wanted !== undefined) {
    const position = path.findIndex(({ to }) => to === wanted) + 1;
    if (position === 0 && wanted !== line) problem = `There is no way from ${line} to ${wanted} that AWS offers today.`;
    needed = Math.max(needed, position);
  }
  return { hops: path.slice(0, needed), findings, patches, without, problem };
}

function wholePath({ broker: { attributes }, context }: Planning, line: string): readonly UpgradeHop[] {
  const { engine = "", instanceType, autoMinorVersionUpgrade } = attributes;
  const path: UpgradeHop[] = [];
  for (let version = line; ; ) {
    const [hop] = nextHops({
      engine,
      version,
      instanceType,
      autoMinorVersionUpgrade,
      calendar: context.calendar,
      on: context.today,
    });
    if (!hop) return path;
    path.push(hop);
    version = hop.to;
  }
}

/** How many hops put a finding right: 0 for a patch of the running line, null where none does. */
function hopsNeeded(finding: PlannedFinding, line: string, path: readonly UpgradeHop[]): number | null {
  const { evidence } = finding;
  if (finding.ruleId === "free-of-known-advisories") return firstOf(textsOf(evidence.fixOnAmazonMq), line, path);
  if (finding.ruleId === "critical-fixes-installed") return firstOf(textsOf(evidence.fixedIn), line, path);
  if (finding.ruleId === "mesh-engine-versions-equal") return path.length > 0 ? path.length : null;
  const supported = path.findIndex(({ targetState }) => targetState === "supported") + 1;
  return supported > 0 ? supported : path.length > 0 ? path.length : null;
}

function textsOf(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(",").map((part) => part.trim()) : [];
}

/** The nearest line that has a fix: one of those named, or newer than the newest named where hops pass it by. */
function firstOf(fixes: readonly string[], line: string, path: readonly UpgradeHop[]): number | null {
  const lines = fixes.flatMap((fix) => engineLine(fix) ?? []);
  if (lines.includes(line)) return 0;
  const named = path.findIndex(({ to }) => lines.includes(to)) + 1;
  if (named > 0) return named;
  const newest = [...lines].sort(compareVersionTexts).at(-1);
  if (newest === undefined) return null;
  const beyond = path.findIndex(({ to }) => compareVersionTexts(to, newest) >= 0) + 1;
  return beyond > 0 ? beyond : null;
}

/** Lines that hops lead to from the running one, in order; empty where it is the newest, or not known. */
export function linesAhead(planning: Planning): readonly string[] {
  const { engine, engineVersion } = planning.broker.attributes;
  const line = engineVersion ? engineLine(engineVersion) : undefined;
  return engine && isKnownEngine(engine) && line ? wholePath(planning, line).map(({ to }) => to) : [];
}
