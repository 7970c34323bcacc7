export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Rank for sorting and storage: low 1 ... critical 4. */
export function severityRank(severity: Severity): 1 | 2 | 3 | 4 {
  return severity === "critical" ? 4 : severity === "high" ? 3 : severity === "medium" ? 2 : 1;
}

/** The severity of a stored rank; null for 0 (none). */
export function severityOfRank(rank: number): Severity | null {
  return SEVERITIES[rank - 1] ?? null;
}

export const FINDING_STATES = [
  "open",
  "acknowledged",
  "in-progress",
  "acceptance-requested",
  "accepted",
  "false-positive",
  "closed",
] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/**
 * Why an episode closed. Only the first three count as remediation. `fixed-while-accepted` is an observed pass of an accepted or
 * false-positive finding. `not-remediation`: a tag, policy, rule, reference or scope changed, or it became not applicable.
 */
export const CLOSE_CAUSES = [
  "fixed-by-owner",
  "fixed-by-aws",
  "replaced",
  "decommissioned",
  "fixed-while-accepted",
  "not-remediation",
] as const;
export type CloseCause = (typeof CLOSE_CAUSES)[number];

export const REMEDIATION_CAUSES: ReadonlySet<CloseCause> = new Set(["fixed-by-owner", "fixed-by-aws", "replaced"]);

/** Default days to remediate, by severity (semantics: SLA). */
export const DEFAULT_SLA_DAYS: Readonly<Record<Severity, number>> = { critical: 7, high: 30, medium: 90, low: 180 };

/** A finding that fails again within this many days of closing continues its episode. */
export const FLAP_WINDOW_DAYS = 7;

export interface FindingIdentity {
  ruleId: string;
  subjectType: "broker" | "account" | "owner" | "configuration";
  subjectKey: string;
  discriminator: string;
}

/** One episode as the pure core sees it. */
export interface EpisodeState {
  number: number;
  state: FindingState;
  severity: Severity;
  openedAt: Date;
  openedAfter: Date | null;
  closedAt: Date | null;
  closedAfter: Date | null;
  closeCause: CloseCause | null;
  ruleVersion: number;
  recurring: boolean;
  flaps: number;
  evidence: Readonly<Record<string, unknown>>;
  /** Hash of the broker observation the failing outcome rests on. */
  observedHash: string | null;
  /** Hash of everything else the outcome rests on: rule version, policy, calendar row, tags, settings. */
  policyHash: string;
  /**
   * The state in which a closed episode was when it closed (`from` of its closing event): where it returns to when it fails again within the flap
   * window, so that no human decision is lost. Null or absent while not closed.
   */
  stateBeforeClose?: FindingState | null;
  /** What was approved, while `accepted`. */
  acceptance?: Acceptance | null;
}

/** An approved acceptance: it ends at its expiry, and when the finding gets worse than what was approved. */
export interface Acceptance {
  expiresAt: Date;
  severity: Severity;
  /** `grade` of the evidence at approval; null where the rule has none. */
  grade: number | null;
}

export interface FindingSnapshot extends FindingIdentity {
  episodes: readonly EpisodeState[];
}

/** An append-only transition of an episode. */
export interface EpisodeEvent {
  episode: number;
  at: Date;
  actor: string;
  from: FindingState | null;
  to: FindingState;
  note: string | null;
  detail: Readonly<Record<string, unknown>>;
}
