import type { PlainDate } from "@/lib/domain/plain-date";

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

/** States of findings that ask for no work: what brokers count as open is in none of them. */
export const STATES_WITHOUT_WORK = ["closed", "accepted", "false-positive"] as const satisfies readonly FindingState[];

export function asksForWork(state: FindingState): boolean {
  return !STATES_WITHOUT_WORK.some((without) => without === state);
}

/** The discriminator of the finding that less severe advisories share; its evidence lists their ids (`advisories`). */
export const SHARED_ADVISORIES = "other-advisories";

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

/** How many days ahead the expiry of an acceptance may lie at most, by severity. */
export const MAX_ACCEPTANCE_DAYS: Readonly<Record<Severity, number>> = {
  critical: 30,
  high: 90,
  medium: 180,
  low: 365,
};

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
  /**
   * What was approved, while `accepted` or `false-positive`; a closed episode keeps what it was closed with, because it returns to it when it fails
   * again within the flap window.
   */
  acceptance?: Acceptance | null;
  /** What is asked for, while `acceptance-requested`. */
  request?: AcceptanceRequest | null;
  /** The latest acknowledgement; stays when the state moves on. */
  acknowledgement?: Acknowledgement | null;
  /** A person says it is fixed; the next observation of the subject confirms or refutes it. */
  fixClaim?: FixClaim | null;
  /** The plan that is to put it right. */
  planId?: number | null;
  /** Due day by severity alone. Null for an episode stored before due days were kept. */
  dueBaseOn?: PlainDate | null;
  /** Days by which acceptances that are over have moved the due day. */
  dueMovedDays?: number;
}

/** A person. Without an id nobody has signed in: such a person may ask, but not approve. */
export interface Person {
  id: string | null;
  name: string;
}

/** Somebody took the finding on. */
export interface Acknowledgement {
  by: Person;
  at: Date;
  /** Who answers for it, as the person wrote it. */
  assignee: string;
  note: string;
  /** The day the person aims at. It never moves the due day. */
  targetOn: PlainDate;
}

export type AcceptanceKind = "accepted" | "false-positive";

/** A wish to accept a risk or to call a finding a false positive; somebody else decides. */
export interface AcceptanceRequest {
  kind: AcceptanceKind;
  by: Person;
  at: Date;
  reason: string;
  /** First day on which it is not accepted any more; null for a false positive. */
  expiresOn: PlainDate | null;
  /** The state to return to when it is refused or taken back. */
  from: "open" | "acknowledged" | "in-progress";
}

/** An approved acceptance: it ends at its expiry, and when the finding gets worse than what was approved. A false positive ends by a person alone. */
export interface Acceptance {
  kind: AcceptanceKind;
  reason: string;
  requestedBy: Person;
  approvedBy: Person;
  approvedAt: Date;
  /** Null for a false positive. */
  expiresAt: Date | null;
  severity: Severity;
  /** `grade` of the evidence at approval; null where the rule has none. */
  grade: number | null;
  /** Since when the due day waits; null where it had been reached before, which no acceptance undoes. */
  pausedFrom: PlainDate | null;
}

/** A person says that the finding is fixed. */
export interface FixClaim {
  by: Person;
  at: Date;
  note: string;
}

export interface FindingSnapshot extends FindingIdentity {
  episodes: readonly EpisodeState[];
}

/** An append-only transition of an episode, or what a person wrote about it (from and to are then the same). */
export interface EpisodeEvent {
  episode: number;
  kind?: "transition" | "comment";
  at: Date;
  actor: string;
  /** Set where a signed-in person acted. */
  personId?: string | null;
  from: FindingState | null;
  to: FindingState;
  note: string | null;
  detail: Readonly<Record<string, unknown>>;
}
