import {
  type CloseCause,
  type EpisodeEvent,
  type EpisodeState,
  type FindingSnapshot,
  type FindingState,
  FLAP_WINDOW_DAYS,
  type Severity,
  severityRank,
} from "@/lib/domain/finding";
import { stableStringify } from "@/lib/rules/stable-hash";

/** What a rule says of one finding's subject and discriminator. */
export type FindingOutcome =
  | { kind: "fail"; severity: Severity; evidence: Readonly<Record<string, unknown>> }
  | { kind: "pass" | "not-applicable" | "unknown"; reason: string };

/**
 * How the subject stood in this sync. `observed`: read anew. `not-observed`: its scope or description could not be read, or it is in a state in
 * which rules do not judge (being created or deleted): nothing is known anew. `gone`: proved to be deleted. `out-of-scope`: its account or
 * region was taken out by an audited act.
 */
export type SubjectPresence = "observed" | "not-observed" | "gone" | "out-of-scope";

export interface Observation {
  /** Business instant of the observation. */
  now: Date;
  /** The observation of the subject before this one: what changed, changed in (previousObservedAt, now]. Null for the first. */
  previousObservedAt: Date | null;
  presence: SubjectPresence;
  /** Fingerprint of what was observed of the attributes the rule judges (lib/rules/evaluate.ts). */
  observedHash: string;
  /** Fingerprint of everything else the outcome rests on. */
  policyHash: string;
  ruleVersion: number;
  /** Who made the observed change, should it turn out to be a fix (lib/findings/fixed-by.ts). */
  fixedBy: "owner" | "aws";
  /** The confirmed replacement of a subject that is gone, and whether it passes this rule. */
  replacement?: { subjectKey: string; passes: boolean } | null;
  /** Who writes the events, e.g. `system:evaluation`. */
  actor: string;
}

export interface Reconciliation {
  /** All episodes after the observation, ascending; the earlier ones untouched. */
  episodes: readonly EpisodeState[];
  /** What happened, in order; empty when nothing did. */
  events: readonly EpisodeEvent[];
  /** Whether anything must be stored (fingerprints may change without an event). */
  changed: boolean;
  /** Set when the subject was replaced by one that fails too: the open episode goes on there, with its original start. */
  moveTo: string | null;
}

/** What moves one episode: its next state and the events that led there. */
interface Step {
  episode: EpisodeState;
  events: readonly EpisodeEvent[];
}

const DAY_MS = 86_400_000;
/** Decided by people: a sync never counts them as remediated. */
const DECIDED: ReadonlySet<FindingState> = new Set(["accepted", "false-positive"]);

/**
 * The life cycle of a finding under one observation. Pure: the same history of observations and human acts gives the same episodes and events.
 * Opens and closes only on what was observed; `unknown` and subjects that were not observed change nothing but an acceptance that has
 * expired. An observation older than the last transition changes nothing.
 */
export function reconcileFinding(
  finding: FindingSnapshot | null,
  outcome: FindingOutcome,
  observation: Observation,
): Reconciliation {
  const episodes = finding?.episodes ?? [];
  const last = episodes.at(-1);
  if (last && observation.now < (last.closedAt ?? last.openedAt)) return unchanged(episodes);
  if (!last)
    return isObservedFailure(outcome, observation)
      ? added(episodes, open(1, outcome, observation))
      : unchanged(episodes);

  if (last.state === "closed") {
    if (!isObservedFailure(outcome, observation)) return unchanged(episodes);
    return isFlap(last, observation)
      ? replaced(episodes, last, resume(last, outcome, observation))
      : added(episodes, open(last.number + 1, outcome, observation));
  }
  if (observation.presence === "gone" && observation.replacement && !observation.replacement.passes) {
    return { ...unchanged(episodes), moveTo: observation.replacement.subjectKey };
  }
  return replaced(episodes, last, proceed(last, outcome, observation));
}

/** An episode that is not closed, under an observation. */
function proceed(episode: EpisodeState, outcome: FindingOutcome, observation: Observation): Step {
  const { presence, replacement } = observation;
  if (presence === "gone") {
    const cause = !replacement ? "decommissioned" : DECIDED.has(episode.state) ? "fixed-while-accepted" : "replaced";
    return close(
      episode,
      cause,
      observation,
      replacement ? `Replaced by ${replacement.subjectKey}.` : "The broker is gone.",
    );
  }
  if (presence === "out-of-scope") return close(episode, "not-remediation", observation, "Taken out of scope.");
  if (presence === "not-observed" || outcome.kind === "unknown") return expire(episode, observation);
  if (outcome.kind === "fail") return update(episode, outcome, observation);
  const cause = outcome.kind === "pass" ? causeOfPass(episode, observation) : "not-remediation";
  return close(episode, cause, observation, outcome.reason);
}

/**
 * Why a pass closes the episode. It is remediation only when an attribute that the rule judges was observed to change since the failure, under
 * the same version of the rule (fingerprints of two versions do not compare); everything else moved the yardstick, not the broker.
 */
function causeOfPass(episode: EpisodeState, { observedHash, ruleVersion, fixedBy }: Observation): CloseCause {
  const sameRule = episode.ruleVersion === ruleVersion;
  const brokerChanged = sameRule && episode.observedHash !== null && episode.observedHash !== observedHash;
  if (!brokerChanged) return "not-remediation";
  if (DECIDED.has(episode.state)) return "fixed-while-accepted";
  return fixedBy === "aws" ? "fixed-by-aws" : "fixed-by-owner";
}

function open(number: number, outcome: FailOutcome, observation: Observation): Step {
  const recurring = number > 1;
  const episode: EpisodeState = {
    number,
    state: "open",
    severity: outcome.severity,
    openedAt: observation.now,
    openedAfter: observation.previousObservedAt,
    closedAt: null,
    closedAfter: null,
    closeCause: null,
    ruleVersion: observation.ruleVersion,
    recurring,
    flaps: 0,
    evidence: outcome.evidence,
    observedHash: observation.observedHash,
    policyHash: observation.policyHash,
    stateBeforeClose: null,
    acceptance: null,
  };
  const detail = {
    severity: outcome.severity,
    ruleVersion: observation.ruleVersion,
    evidence: outcome.evidence,
    recurring,
  };
  const note = recurring ? "Fails again." : "First seen failing.";
  return { episode, events: [event(episode, observation, null, "open", note, detail)] };
}

function close(episode: EpisodeState, cause: CloseCause, observation: Observation, note: string): Step {
  const closed: EpisodeState = {
    ...episode,
    state: "closed",
    closedAt: observation.now,
    closedAfter: observation.previousObservedAt,
    closeCause: cause,
    stateBeforeClose: episode.state,
  };
  return { episode: closed, events: [event(episode, observation, episode.state, "closed", note, { cause })] };
}

/** Failing again soon after closing: the episode goes on in the state in which it was closed, as if it had never been. */
function resume(episode: EpisodeState, outcome: FailOutcome, observation: Observation): Step {
  const state = stateToResume(episode);
  const flaps = episode.flaps + 1;
  const resumed: EpisodeState = {
    ...episode,
    state,
    closedAt: null,
    closedAfter: null,
    closeCause: null,
    stateBeforeClose: null,
    flaps,
  };
  const note = `Fails again within ${FLAP_WINDOW_DAYS} days of closing.`;
  const reopened = event(episode, observation, "closed", state, note, {
    flaps,
    closedAt: episode.closedAt?.toISOString(),
  });
  const next = update(resumed, outcome, observation);
  return { episode: next.episode, events: [reopened, ...next.events] };
}

function stateToResume({ stateBeforeClose, closeCause }: EpisodeState): FindingState {
  if (stateBeforeClose && stateBeforeClose !== "closed") return stateBeforeClose;
  return closeCause === "fixed-while-accepted" ? "accepted" : "open";
}

/** Still failing: takes over severity, evidence and fingerprints; an accepted finding that got worse, or expired, is open again. */
function update(episode: EpisodeState, outcome: FailOutcome, observation: Observation): Step {
  const expired = expire(episode, observation);
  const detail = differences(episode, outcome);
  const worse = expired.episode.state === "accepted" && isWorseThanAccepted(episode, outcome);
  const state = worse ? "open" : expired.episode.state;
  const next: EpisodeState = {
    ...expired.episode,
    state,
    acceptance: worse ? null : expired.episode.acceptance,
    severity: outcome.severity,
    evidence: outcome.evidence,
    ruleVersion: observation.ruleVersion,
    observedHash: observation.observedHash,
    policyHash: observation.policyHash,
  };
  if (!worse && Object.keys(detail).length === 0) return { episode: next, events: expired.events };
  const note = worse ? "Worse than what was accepted." : null;
  return {
    episode: next,
    events: [...expired.events, event(episode, observation, expired.episode.state, state, note, detail)],
  };
}

/** Time alone ends an acceptance, whatever could be observed. */
function expire(episode: EpisodeState, observation: Observation): Step {
  const expiresAt = episode.state === "accepted" ? episode.acceptance?.expiresAt : undefined;
  if (!expiresAt || observation.now < expiresAt) return { episode, events: [] };
  const detail = { expiredAt: expiresAt.toISOString() };
  return {
    episode: { ...episode, state: "open", acceptance: null },
    events: [event(episode, observation, "accepted", "open", "The acceptance expired.", detail)],
  };
}

function isWorseThanAccepted(episode: EpisodeState, outcome: FailOutcome): boolean {
  const severity = episode.acceptance?.severity ?? episode.severity;
  const grade = episode.acceptance ? episode.acceptance.grade : gradeOf(episode.evidence);
  const rise = severityRank(outcome.severity) - severityRank(severity);
  return rise > 0 || (rise === 0 && (gradeOf(outcome.evidence) ?? 0) > (grade ?? 0));
}

/** How far a failure has got within its severity, where its rule says so. */
export function gradeOf(evidence: Readonly<Record<string, unknown>>): number | null {
  return typeof evidence.grade === "number" ? evidence.grade : null;
}

function differences(episode: EpisodeState, outcome: FailOutcome): Record<string, unknown> {
  const detail: Record<string, unknown> = {};
  if (episode.severity !== outcome.severity) detail.severity = { from: episode.severity, to: outcome.severity };
  const keys = new Set([...Object.keys(episode.evidence), ...Object.keys(outcome.evidence)]);
  const changed = [...keys]
    .sort()
    .filter((key) => !isEqualJson(episode.evidence[key], outcome.evidence[key]))
    .map((key) => [key, { from: episode.evidence[key] ?? null, to: outcome.evidence[key] ?? null }] as const);
  if (changed.length > 0) detail.evidence = Object.fromEntries(changed);
  return detail;
}

function isEqualJson(a: unknown, b: unknown): boolean {
  return a === b || stableStringify(a) === stableStringify(b);
}

type FailOutcome = Extract<FindingOutcome, { kind: "fail" }>;

function isObservedFailure(outcome: FindingOutcome, observation: Observation): outcome is FailOutcome {
  return observation.presence === "observed" && outcome.kind === "fail";
}

function isFlap(episode: EpisodeState, observation: Observation): boolean {
  return (
    episode.closedAt !== null && observation.now.getTime() - episode.closedAt.getTime() <= FLAP_WINDOW_DAYS * DAY_MS
  );
}

function event(
  episode: EpisodeState,
  { now, actor }: Observation,
  from: FindingState | null,
  to: FindingState,
  note: string | null,
  detail: EpisodeEvent["detail"],
): EpisodeEvent {
  return { episode: episode.number, at: now, actor, from, to, note, detail };
}

function unchanged(episodes: readonly EpisodeState[]): Reconciliation {
  return { episodes, events: [], changed: false, moveTo: null };
}

function added(episodes: readonly EpisodeState[], { episode, events }: Step): Reconciliation {
  return { episodes: [...episodes, episode], events, changed: true, moveTo: null };
}

function replaced(episodes: readonly EpisodeState[], last: EpisodeState, { episode, events }: Step): Reconciliation {
  const changed = events.length > 0 || !restsOnTheSame(last, episode);
  return changed
    ? { episodes: [...episodes.slice(0, -1), episode], events, changed, moveTo: null }
    : unchanged(episodes);
}

/** Without an event nothing but what the episode rests on can have changed. */
function restsOnTheSame(a: EpisodeState, b: EpisodeState): boolean {
  return a.observedHash === b.observedHash && a.policyHash === b.policyHash && a.ruleVersion === b.ruleVersion;
}
