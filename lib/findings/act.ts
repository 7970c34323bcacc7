import {
  type AcceptanceKind,
  type AcceptanceRequest,
  type EpisodeEvent,
  type EpisodeState,
  type FindingState,
  MAX_ACCEPTANCE_DAYS,
  type Person,
} from "@/lib/domain/finding";
import { addDays, instantAtStartUtc, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { endAcceptance, expireAcceptance, isDecided } from "@/lib/findings/acceptance";
import { effectiveDueOn } from "@/lib/findings/due-on";
import { gradeOf } from "@/lib/findings/reconcile";

/** What a person may do about a finding. Closing is not among it: only an observation closes. */
export type HumanAct =
  | { kind: "acknowledge"; assignee: string; note: string; targetOn: PlainDate }
  | { kind: "claim-fixed"; note: string }
  | { kind: "link-plan"; planId: number }
  | { kind: "unlink-plan" }
  | { kind: "request-acceptance"; reason: string; expiresOn: PlainDate }
  | { kind: "request-false-positive"; reason: string }
  | { kind: "withdraw-request"; note: string }
  | { kind: "approve"; note: string }
  | { kind: "reject"; note: string }
  | { kind: "end-acceptance"; note: string }
  | { kind: "comment"; text: string };

export type ActKind = HumanAct["kind"];

export type ActResult =
  | { ok: true; episode: EpisodeState; events: readonly EpisodeEvent[] }
  /** A sentence for the person, the same for all findings that are refused for the same cause. */
  | { ok: false; reason: string };

const WORKED_ON: ReadonlySet<FindingState> = new Set(["open", "acknowledged", "in-progress"]);
const EXPIRY_ACTOR = "system:expiry";

/**
 * Why a person may not do something about an episode now; null where it may. Looks at the state, at who has signed in and at who asked, not at the
 * days and texts of the act (actOnEpisode does). An acceptance that has expired counts as over, whether or not an evaluation has said so.
 */
export function refusalOf(kind: ActKind, stored: EpisodeState, person: Person, now: Date): string | null {
  const episode = expireAcceptance(stored, { now, actor: EXPIRY_ACTOR }).episode;
  const { state, request, fixClaim } = episode;
  if (kind === "comment") return null;
  if (state === "closed") return "It is closed.";
  switch (kind) {
    case "acknowledge":
    case "link-plan":
    case "request-acceptance":
    case "request-false-positive":
      if (state === "acceptance-requested")
        return "An acceptance is asked for; it must be decided or taken back first.";
      return WORKED_ON.has(state) ? null : `It is ${stateInWords(state)}.`;
    case "unlink-plan":
      return (episode.planId ?? null) === null ? "No plan is linked." : null;
    case "claim-fixed":
      if (isDecided(state)) return `It is ${stateInWords(state)}.`;
      return fixClaim ? "A fix is claimed already; the next sync confirms or refutes it." : null;
    case "withdraw-request":
      if (!request) return "Nothing is asked for.";
      return request.by.id === person.id ? null : "Only who asked can take the request back.";
    case "approve":
    case "reject":
      if (!request) return "Nothing is asked for.";
      if (person.id === null) return "Only a signed-in person decides; until then the request is a proposal.";
      if (kind === "approve" && request.by.id === person.id) return "Who asked cannot approve; somebody else must.";
      if (kind === "approve" && request.expiresOn && request.expiresOn <= plainDateFromInstantUtc(now))
        return "The expiry asked for has passed; it must be asked for anew.";
      return null;
    case "end-acceptance":
      if (!isDecided(state)) return "Nothing is accepted.";
      return person.id === null ? "Only a signed-in person can end an acceptance." : null;
  }
}

/**
 * One act of a person on the latest episode of a finding. Pure. An acceptance that has expired ends first, as an evaluation would end it. The result is
 * refused with a sentence where state, person, days or texts do not allow it.
 */
export function actOnEpisode(
  stored: EpisodeState,
  act: HumanAct,
  { person, now }: { person: Person; now: Date },
): ActResult {
  const expired = expireAcceptance(stored, { now, actor: EXPIRY_ACTOR });
  const reason = refusalOf(act.kind, expired.episode, person, now) ?? inputRefusal(act, expired.episode, now);
  if (reason) return { ok: false, reason };
  const { episode, note, detail } = perform(expired.episode, act, person, now);
  const event: EpisodeEvent = {
    episode: stored.number,
    kind: act.kind === "comment" ? "comment" : "transition",
    at: now,
    actor: person.name,
    personId: person.id,
    from: expired.episode.state,
    to: episode.state,
    note,
    detail: { act: act.kind, ...detail },
  };
  return { ok: true, episode, events: [...expired.events, event] };
}

/** Days and texts that do not fit. */
function inputRefusal(act: HumanAct, episode: EpisodeState, now: Date): string | null {
  const today = plainDateFromInstantUtc(now);
  if (act.kind === "acknowledge" && act.targetOn < today) return "The target date lies in the past.";
  if (act.kind === "approve" && episode.request?.expiresOn)
    return expiryRefusal(episode.request.expiresOn, episode, today);
  if (act.kind === "request-acceptance") return expiryRefusal(act.expiresOn, episode, today);
  return null;
}

function expiryRefusal(expiresOn: PlainDate, { severity }: EpisodeState, today: PlainDate): string | null {
  if (expiresOn <= today) return "The acceptance must expire after today.";
  const most = MAX_ACCEPTANCE_DAYS[severity];
  return expiresOn > addDays(today, most) ? `A ${severity} finding can be accepted for ${most} days at most.` : null;
}

interface Performed {
  episode: EpisodeState;
  note: string | null;
  detail: Record<string, unknown>;
}

function perform(episode: EpisodeState, act: HumanAct, person: Person, now: Date): Performed {
  switch (act.kind) {
    case "comment":
      return { episode, note: act.text, detail: {} };
    case "acknowledge": {
      const { assignee, note, targetOn } = act;
      const state = episode.state === "in-progress" ? episode.state : "acknowledged";
      const acknowledgement = { by: person, at: now, assignee, note, targetOn };
      return { episode: { ...episode, state, acknowledgement }, note, detail: { assignee, targetOn } };
    }
    case "claim-fixed":
      return { episode: { ...episode, fixClaim: { by: person, at: now, note: act.note } }, note: act.note, detail: {} };
    case "link-plan":
      return {
        episode: { ...episode, state: "in-progress", planId: act.planId },
        note: null,
        detail: { planId: act.planId },
      };
    case "unlink-plan": {
      const detail = { planId: episode.planId ?? null };
      return { episode: { ...withoutPlan(episode), planId: null }, note: null, detail };
    }
    case "request-acceptance":
      return ask(episode, { kind: "accepted", reason: act.reason, expiresOn: act.expiresOn }, person, now);
    case "request-false-positive":
      return ask(episode, { kind: "false-positive", reason: act.reason, expiresOn: null }, person, now);
    case "withdraw-request":
    case "reject": {
      const state = episode.request?.from ?? "open";
      return { episode: { ...episode, state, request: null }, note: act.note, detail: {} };
    }
    case "approve":
      return approve(episode, act.note, person, now);
    case "end-acceptance": {
      const ended = endAcceptance(episode, plainDateFromInstantUtc(now));
      return { episode: { ...ended, state: "open" }, note: act.note, detail: {} };
    }
  }
}

/** Without its plan a finding returns to where it was: acknowledged where somebody had taken it on, else open. */
function withoutPlan(episode: EpisodeState): EpisodeState {
  const back = episode.acknowledgement ? "acknowledged" : "open";
  const request =
    episode.request?.from === "in-progress" ? { ...episode.request, from: back as typeof back } : episode.request;
  return { ...episode, request, state: episode.state === "in-progress" ? back : episode.state };
}

function ask(
  episode: EpisodeState,
  wish: { kind: AcceptanceKind; reason: string; expiresOn: PlainDate | null },
  person: Person,
  now: Date,
): Performed {
  const { state } = episode;
  const from: AcceptanceRequest["from"] = state === "acknowledged" || state === "in-progress" ? state : "open";
  const request = { ...wish, by: person, at: now, from };
  return {
    episode: { ...episode, state: "acceptance-requested", request },
    note: wish.reason,
    detail: { asksFor: wish.kind, expiresOn: wish.expiresOn },
  };
}

function approve(episode: EpisodeState, note: string, person: Person, now: Date): Performed {
  const { request } = episode;
  if (!request) return { episode, note, detail: {} };
  const today = plainDateFromInstantUtc(now);
  const due = effectiveDueOn(episode);
  const acceptance = {
    kind: request.kind,
    reason: request.reason,
    requestedBy: request.by,
    approvedBy: person,
    approvedAt: now,
    expiresAt: request.expiresOn ? instantAtStartUtc(request.expiresOn) : null,
    severity: episode.severity,
    grade: gradeOf(episode.evidence),
    pausedFrom: due !== null && today < due ? today : null,
  };
  const next: EpisodeState = { ...episode, state: request.kind, request: null, acceptance };
  return {
    episode: next,
    note: note || null,
    detail: {
      reason: request.reason,
      requestedBy: request.by.name,
      expiresOn: request.expiresOn,
      dueOn: { from: due, to: effectiveDueOn(next) },
    },
  };
}

function stateInWords(state: FindingState): string {
  return state === "false-positive" ? "a false positive" : state.replace("-", " ");
}
