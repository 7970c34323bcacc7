import {
  type CloseCause,
  type EpisodeEvent,
  type EpisodeState,
  type FindingSnapshot,
  type FindingState,
  FLAP_WINDOW_DAYS,
  REMEDIATION_CAUSES,
  type Severity,
  severityRank,
} from "@/lib/domain/finding";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { endAcceptance, expireAcceptance, isDecided } from "@/lib/findings/acceptance";
import { dueOn } from "@/lib/findings/due-on";
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
  /** When the subject was read last; a claimed fix is judged by a later reading alone. Default: now. */
  observedAt?: Date;
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
}

/** What moves one episode: its next state and the events that led there. */
interface Step {
  episode: EpisodeState;
  events: readonly EpisodeEvent[];
}

const DAY_MS = 86_400_000;

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
  const expired = expireAcceptance(last, observation);
  const next = proceed(expired.episode, outcome, observation);
  return replaced(episodes, last, { episode: next.episode, events: [...expired.events, ...next.events] });
}

/** An episode that is not closed, under an observation. */
function proceed(episode: EpisodeState, outcome: FindingOutcome, observation: Observation): Step {
  const { presence } = observation;
  if (presence === "gone") return close(episode, "decommissioned", observation, "The broker is gone.");
  if (presence === "out-of-scope") return close(episode, "not-remediation", observation, "Taken out of scope.");
  if (presence === "not-observed" || outcome.kind === "unknown") return { episode, events: [] };
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
  if (isDecided(episode.state)) return "fixed-while-accepted";
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
    request: null,
    acknowledgement: null,
    fixClaim: null,
    planId: null,
    dueBaseOn: null,
    dueMovedDays: 0,
  };
  const detail = {
    severity: outcome.severity,
    ruleVersion: observation.ruleVersion,
    evidence: outcome.evidence,
    recurring,
  };
  const note = recurring ? "Fails again." : "First seen failing.";
  const dueBaseOn = dueOn({ episode, before: null, today: plainDateFromInstantUtc(observation.now) });
  return { episode: { ...episode, dueBaseOn }, events: [event(episode, observation, null, "open", note, detail)] };
}

function close(episode: EpisodeState, cause: CloseCause, observation: Observation, note: string): Step {
  const closed: EpisodeState = {
    ...episode,
    state: "closed",
    closedAt: observation.now,
    closedAfter: observation.previousObservedAt,
    closeCause: cause,
    stateBeforeClose: episode.state,
    fixClaim: null,
  };
  const confirmed = episode.fixClaim && REMEDIATION_CAUSES.has(cause) ? { claimedBy: episode.fixClaim.by.name } : {};
  return {
    episode: closed,
    events: [event(episode, observation, episode.state, "closed", note, { cause, ...confirmed })],
  };
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
  const expired = expireAcceptance(episode, observation);
  const refuted = refuteClaim(expired.episode, observation);
  const detail = differences(episode, outcome);
  const today = plainDateFromInstantUtc(observation.now);
  const worse = refuted.episode.state === "accepted" && isWorseThanAccepted(episode, outcome);
  const current = worse ? { ...endAcceptance(refuted.episode, today), state: "open" as const } : refuted.episode;
  const next: EpisodeState = {
    ...current,
    severity: outcome.severity,
    evidence: outcome.evidence,
    dueBaseOn: dueOn({
      episode: { openedAt: episode.openedAt, severity: outcome.severity },
      before: { severity: episode.severity, dueOn: episode.dueBaseOn ?? null },
      today,
    }),
    ruleVersion: observation.ruleVersion,
    observedHash: observation.observedHash,
    policyHash: observation.policyHash,
  };
  const events = [...expired.events, ...refuted.events];
  if (!worse && Object.keys(detail).length === 0) return { episode: next, events };
  const note = worse ? "Worse than what was accepted." : null;
  return {
    episode: next,
    events: [...events, event(episode, observation, refuted.episode.state, next.state, note, detail)],
  };
}

/** A claimed fix is refuted when the subject was read after the claim and still fails. */
function refuteClaim(episode: EpisodeState, observation: Observation): Step {
  const { fixClaim } = episode;
  if (!fixClaim || (observation.observedAt ?? observation.now) <= fixClaim.at) return { episode, events: [] };
  const note = "The claimed fix was refuted: it still fails.";
  const detail = { claimedBy: fixClaim.by.name, claimedAt: fixClaim.at.toISOString() };
  return {
    episode: { ...episode, fixClaim: null },
    events: [event(episode, observation, episode.state, episode.state, note, detail)],
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
  return { episodes, events: [], changed: false };
}

function added(episodes: readonly EpisodeState[], { episode, events }: Step): Reconciliation {
  return { episodes: [...episodes, episode], events, changed: true };
}

function replaced(episodes: readonly EpisodeState[], last: EpisodeState, { episode, events }: Step): Reconciliation {
  const changed = events.length > 0 || !restsOnTheSame(last, episode);
  return changed ? { episodes: [...episodes.slice(0, -1), episode], events, changed } : unchanged(episodes);
}

/** Without an event nothing but what the episode rests on can have changed. */
function restsOnTheSame(a: EpisodeState, b: EpisodeState): boolean {
  return (
    a.observedHash === b.observedHash &&
    a.policyHash === b.policyHash &&
    a.ruleVersion === b.ruleVersion &&
    (a.dueBaseOn ?? null) === (b.dueBaseOn ?? null)
  );
}
