import type { EpisodeEvent, EpisodeState, FindingState } from "@/lib/domain/finding";
import { diffDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";

/** Decided by people: a sync never counts such a finding as remediated. */
export function isDecided(state: FindingState): boolean {
  return state === "accepted" || state === "false-positive";
}

/** Whether time alone has ended the acceptance, also where no evaluation has said so yet. */
export function isExpired({ state, acceptance }: Pick<EpisodeState, "state" | "acceptance">, now: Date): boolean {
  const expiresAt = acceptance?.expiresAt;
  return state === "accepted" && expiresAt !== null && expiresAt !== undefined && now >= expiresAt;
}

/** Time alone ends an acceptance, whatever could be observed: the episode is open again. */
export function expireAcceptance(
  episode: EpisodeState,
  { now, actor }: { now: Date; actor: string },
): { episode: EpisodeState; events: readonly EpisodeEvent[] } {
  if (!isExpired(episode, now)) return { episode, events: [] };
  const expiredAt = episode.acceptance?.expiresAt ?? now;
  return {
    episode: { ...endAcceptance(episode, plainDateFromInstantUtc(expiredAt)), state: "open" },
    events: [
      {
        episode: episode.number,
        at: now,
        actor,
        from: "accepted",
        to: "open",
        note: "The acceptance expired.",
        detail: { expiredAt: expiredAt.toISOString() },
      },
    ],
  };
}

/** The episode without its acceptance; the days for which the due day waited until `on` stay. */
export function endAcceptance(episode: EpisodeState, on: PlainDate): EpisodeState {
  const pausedFrom = episode.acceptance?.pausedFrom;
  const waited = pausedFrom ? Math.max(0, diffDays(pausedFrom, on)) : 0;
  return { ...episode, acceptance: null, dueMovedDays: (episode.dueMovedDays ?? 0) + waited };
}
