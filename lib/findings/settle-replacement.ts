import type { CloseCause, EpisodeEvent, EpisodeState, FindingSnapshot } from "@/lib/domain/finding";
import { earlierOf } from "@/lib/domain/plain-date";
import { isDecided } from "@/lib/findings/acceptance";

/** What a rule says of the replacement, for one discriminator. */
export type ReplacementOutcome = "pass" | "fail" | "not-applicable" | "unknown";

export interface Settlement {
  /** The latest episode of the gone broker after the replacement was taken into account; null where nothing changes. */
  old: { episode: EpisodeState; events: readonly EpisodeEvent[] } | null;
  /** The episode of the replacement that goes on with what began at the gone broker; null where there is none. */
  onto: { episode: EpisodeState; events: readonly EpisodeEvent[] } | null;
  /** The replacement cannot be judged yet: ask again after its next observation. */
  pending: boolean;
}

const NOTHING: Settlement = { old: null, onto: null, pending: false };

/**
 * What the confirmed replacement of a gone broker means for one of its findings. It counts as remediation only when the replacement passes the rule; where
 * it fails, the episode goes on there with its original start and with what people had decided. Also for an episode that was closed as
 * decommissioned before somebody confirmed the replacement: only its cause changes then, not the day. Pure.
 */
export function settleReplacement(input: {
  finding: FindingSnapshot;
  /** The finding of the same rule and discriminator at the replacement. */
  there: FindingSnapshot | null;
  outcome: ReplacementOutcome;
  replacementKey: string;
  /** When the episode before the latest one closed at the replacement: nothing reaches back behind it. */
  floor: Date | null;
  now: Date;
  previousObservedAt: Date | null;
  actor: string;
}): Settlement {
  const { finding, there, outcome, replacementKey } = input;
  const last = finding.episodes.at(-1);
  if (!last || (last.state === "closed" && last.closeCause !== "decommissioned")) return NOTHING;
  if (outcome === "unknown") return { ...NOTHING, pending: true };
  if (outcome === "pass") {
    const cause = isDecided(last.stateBeforeClose ?? last.state) ? "fixed-while-accepted" : "replaced";
    return { ...NOTHING, old: closeOld(last, cause, `Replaced by ${replacementKey}, which passes.`, input) };
  }
  if (outcome === "not-applicable")
    return {
      ...NOTHING,
      old: closeOld(last, "not-remediation", `Replaced by ${replacementKey}, to which the rule does not apply.`, input),
    };
  const current = there?.episodes.at(-1);
  if (!current || current.state === "closed") return { ...NOTHING, pending: true };
  return {
    old: closeOld(last, "not-remediation", `Goes on at ${replacementKey}, which replaced it and fails too.`, input, {
      movedTo: replacementKey,
    }),
    onto: goOn(last, current, input.floor, finding.subjectKey, input),
    pending: false,
  };
}

function closeOld(
  last: EpisodeState,
  cause: CloseCause,
  note: string,
  { now, previousObservedAt, actor }: { now: Date; previousObservedAt: Date | null; actor: string },
  detail: Record<string, unknown> = {},
): NonNullable<Settlement["old"]> {
  const wasClosed = last.state === "closed";
  const episode: EpisodeState = {
    ...last,
    state: "closed",
    closeCause: cause,
    closedAt: last.closedAt ?? now,
    closedAfter: wasClosed ? last.closedAfter : previousObservedAt,
    stateBeforeClose: wasClosed ? (last.stateBeforeClose ?? null) : last.state,
    fixClaim: null,
  };
  const before = wasClosed ? { causeBefore: last.closeCause } : {};
  return {
    episode,
    events: [
      {
        episode: last.number,
        at: now,
        actor,
        from: last.state,
        to: "closed",
        note,
        detail: { cause, ...before, ...detail },
      },
    ],
  };
}

/** The episode at the replacement takes over the start, the due day and, where nobody decided anything there, what people had decided. */
function goOn(
  old: EpisodeState,
  current: EpisodeState,
  floor: Date | null,
  oldKey: string,
  { now, actor }: { now: Date; actor: string },
): NonNullable<Settlement["onto"]> {
  const reaches = floor !== null && old.openedAt < floor;
  const startsEarlier = old.openedAt < current.openedAt;
  const start = !startsEarlier
    ? { openedAt: current.openedAt, openedAfter: current.openedAfter }
    : reaches
      ? { openedAt: floor, openedAfter: floor }
      : { openedAt: old.openedAt, openedAfter: old.openedAfter };
  const decided = current.state === "open" ? decisionsOf(old) : {};
  const episode: EpisodeState = {
    ...current,
    ...start,
    ...decided,
    flaps: old.flaps + current.flaps,
    recurring: old.recurring || current.recurring,
    dueBaseOn: old.dueBaseOn && current.dueBaseOn ? earlierOf(old.dueBaseOn, current.dueBaseOn) : current.dueBaseOn,
  };
  return {
    episode,
    events: [
      {
        episode: current.number,
        at: now,
        actor,
        from: current.state,
        to: episode.state,
        note: `Goes on from ${oldKey}, which this broker replaced.`,
        detail: { movedFrom: oldKey, openedAt: episode.openedAt.toISOString() },
      },
    ],
  };
}

function decisionsOf(old: EpisodeState): Partial<EpisodeState> {
  const state = old.state === "closed" ? (old.stateBeforeClose ?? "open") : old.state;
  return {
    state: state === "closed" ? "open" : state,
    acceptance: old.acceptance ?? null,
    request: old.request ?? null,
    acknowledgement: old.acknowledgement ?? null,
    planId: old.planId ?? null,
    dueMovedDays: old.dueMovedDays ?? 0,
  };
}
