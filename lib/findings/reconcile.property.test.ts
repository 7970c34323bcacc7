import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type EpisodeEvent,
  type EpisodeState,
  type FindingState,
  FLAP_WINDOW_DAYS,
  MAX_ACCEPTANCE_DAYS,
  type Person,
  REMEDIATION_CAUSES,
  SEVERITIES,
} from "@/lib/domain/finding";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type ActKind, type ActResult, actOnEpisode, type HumanAct } from "@/lib/findings/act";
import { effectiveDueOn, isDueMoved } from "@/lib/findings/due-on";
import {
  type FindingOutcome,
  type Observation,
  reconcileFinding,
  type SubjectPresence,
} from "@/lib/findings/reconcile";
import { buildFinding } from "@/lib/testing/build-finding";

/**
 * Random histories of one broker, one rule and the people around it. The broker has a level, the rule demands a level; both change, and the sync
 * sees the broker or fails to.
 */
type Act =
  | {
      act: "sync";
      hours: number;
      presence: SubjectPresence;
      known: boolean;
      applies: boolean;
      fixedBy: "owner" | "aws";
    }
  | { act: "change broker"; level: number }
  | { act: "change reference"; level: number; ruleVersion: number }
  | { act: "person"; kind: ActKind; person: Person; days: number; hours: number };

const PEOPLE: readonly Person[] = [
  { id: "1", name: "ana" },
  { id: "2", name: "ben" },
  { id: null, name: "somebody" },
];
const KINDS: readonly ActKind[] = [
  "acknowledge",
  "claim-fixed",
  "link-plan",
  "unlink-plan",
  "request-acceptance",
  "request-false-positive",
  "withdraw-request",
  "approve",
  "reject",
  "end-acceptance",
  "comment",
];

const single: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant("sync" as const),
      hours: fc.oneof(fc.constantFrom(6, 24, 7 * 24, 7 * 24 + 1), fc.integer({ min: 1, max: 400 })),
      presence: fc.oneof(
        { weight: 8, arbitrary: fc.constant<SubjectPresence>("observed") },
        { weight: 3, arbitrary: fc.constantFrom<SubjectPresence>("not-observed", "gone", "out-of-scope") },
      ),
      known: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      applies: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      fixedBy: fc.constantFrom("owner" as const, "aws" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant("change broker" as const), level: fc.integer({ min: 0, max: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant("change reference" as const),
      level: fc.integer({ min: 0, max: 4 }),
      ruleVersion: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("person" as const),
      kind: fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...KINDS) },
        { weight: 1, arbitrary: fc.constantFrom<ActKind>("request-acceptance", "approve", "link-plan", "unlink-plan") },
      ),
      person: fc.constantFrom(...PEOPLE),
      days: fc.integer({ min: -1, max: 60 }),
      hours: fc.integer({ min: 0, max: 30 }),
    }),
  },
);

/** Somebody asks and somebody else approves: by chance alone that would hardly ever happen. */
const accepting: fc.Arbitrary<Act[]> = fc
  .record({
    kind: fc.constantFrom<ActKind>("request-acceptance", "request-acceptance", "request-false-positive"),
    days: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ kind, days }) => [
    { act: "person", kind, person: { id: "1", name: "ana" }, days, hours: 0 },
    { act: "person", kind: "approve", person: { id: "2", name: "ben" }, days, hours: 1 },
  ]);

const acts: fc.Arbitrary<Act[]> = fc
  .array(fc.oneof({ weight: 12, arbitrary: single.map((act) => [act]) }, { weight: 1, arbitrary: accepting }), {
    maxLength: 40,
    size: "max",
  })
  .map((parts) => parts.flat());

/** An act of a person: allowed or refused. */
interface Deed {
  before: EpisodeState;
  after: EpisodeState;
  act: HumanAct;
  person: Person;
  now: Date;
  result: ActResult;
}

interface Moment {
  before: readonly EpisodeState[];
  after: readonly EpisodeState[];
  events: readonly EpisodeEvent[];
  observation: Observation;
  outcome: FindingOutcome;
  /** Level of the broker when it was last observed failing, before this sync. */
  levelLastSeenFailing: number | null;
  level: number;
  demanded: number;
}

/** Plays a history and hands back every sync of it, and the events of people and product in order. */
function play(history: readonly Act[]): {
  moments: Moment[];
  deeds: Deed[];
  episodes: readonly EpisodeState[];
  events: EpisodeEvent[];
} {
  let now = new Date("2026-01-01T00:00:00Z");
  let previousObservedAt: Date | null = null;
  let [level, demanded, ruleVersion] = [2, 2, 1];
  let levelLastSeenFailing: number | null = null;
  let episodes: readonly EpisodeState[] = [];
  const moments: Moment[] = [];
  const deeds: Deed[] = [];
  const events: EpisodeEvent[] = [];
  for (const step of history) {
    if (step.act === "change broker") level = step.level;
    else if (step.act === "change reference") [demanded, ruleVersion] = [step.level, step.ruleVersion];
    else if (step.act === "person") {
      now = new Date(now.getTime() + step.hours * 3_600_000);
      const last = episodes.at(-1);
      if (!last) continue;
      const act = actOf(step, now);
      const result = actOnEpisode(last, act, { person: step.person, now });
      const after = result.ok ? result.episode : last;
      deeds.push({ before: last, after, act, person: step.person, now, result });
      episodes = [...episodes.slice(0, -1), after];
      if (result.ok) events.push(...result.events);
    } else {
      now = new Date(now.getTime() + step.hours * 3_600_000);
      const outcome = outcomeOf(step, level, demanded);
      const observation: Observation = {
        now,
        previousObservedAt,
        presence: step.presence,
        observedHash: `level ${level}`,
        policyHash: `demanded ${demanded}`,
        ruleVersion,
        fixedBy: step.fixedBy,
        actor: "system:evaluation",
      };
      const result = reconcileFinding(episodes.length > 0 ? buildFinding(episodes) : null, outcome, observation);
      moments.push({
        before: episodes,
        after: result.episodes,
        events: result.events,
        observation,
        outcome,
        levelLastSeenFailing,
        level,
        demanded,
      });
      episodes = result.episodes;
      events.push(...result.events);
      if (step.presence === "observed" && outcome.kind === "fail") levelLastSeenFailing = level;
      if (step.presence === "observed") previousObservedAt = now;
    }
  }
  return { moments, deeds, episodes, events };
}

function actOf({ kind, days }: { kind: ActKind; days: number }, now: Date): HumanAct {
  const on = addDays(plainDateFromInstantUtc(now), days);
  switch (kind) {
    case "acknowledge":
      return { kind, assignee: "payments", note: "soon", targetOn: on };
    case "request-acceptance":
      return { kind, reason: "closed network", expiresOn: on };
    case "request-false-positive":
      return { kind, reason: "not so" };
    case "link-plan":
      return { kind, planId: 1 };
    case "unlink-plan":
      return { kind };
    case "comment":
      return { kind, text: "hm" };
    default:
      return { kind, note: "" };
  }
}

function outcomeOf(step: { known: boolean; applies: boolean }, level: number, demanded: number): FindingOutcome {
  if (!step.known) return { kind: "unknown", reason: "Never observed." };
  if (!step.applies) return { kind: "not-applicable", reason: "Not this kind of broker." };
  if (level >= demanded) return { kind: "pass", reason: "High enough." };
  return {
    kind: "fail",
    severity: SEVERITIES[Math.min(demanded - level, 4) - 1] ?? "low",
    evidence: { level, demanded },
  };
}

function everyMoment(check: (moment: Moment) => void): void {
  fc.assert(
    fc.property(acts, (history) => {
      for (const moment of play(history).moments) check(moment);
    }),
    { numRuns: 600, seed: 20261121 },
  );
}

const lastOf = (episodes: readonly EpisodeState[]) => episodes.at(-1);
const closedNow = ({ before, after }: Moment) =>
  lastOf(before)?.state !== "closed" && before.length > 0 && lastOf(after)?.state === "closed"
    ? lastOf(after)
    : undefined;

describe("any history of a finding", () => {
  it("closes nothing without an observation", () => {
    everyMoment((moment) => {
      if (!closedNow(moment)) return;
      const { presence } = moment.observation;
      expect(presence).not.toBe("not-observed");
      if (presence === "observed") expect(["pass", "not-applicable"]).toContain(moment.outcome.kind);
    });
  });

  it("calls nothing remediation unless the broker was seen to pass after it was seen to change", () => {
    everyMoment((moment) => {
      const closed = closedNow(moment);
      if (!closed?.closeCause || !REMEDIATION_CAUSES.has(closed.closeCause)) return;
      expect(moment.observation.presence).toBe("observed");
      expect(moment.outcome.kind).toBe("pass");
      expect(moment.level).not.toBe(moment.levelLastSeenFailing);
    });
  });

  it("neither loses nor overlaps episodes, and never rewrites those that are over", () => {
    everyMoment(({ before, after }) => {
      expect(after.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      expect(after.length).toBeGreaterThanOrEqual(before.length);
      after.forEach((episode, index) => {
        expect(episode.number).toBe(index + 1);
        expect(episode.recurring).toBe(index > 0);
        if (episode.closedAt) expect(episode.openedAt < episode.closedAt).toBe(true);
        expect((episode.state === "closed") === (episode.closedAt !== null)).toBe(true);
        expect((episode.closeCause !== null) === (episode.closedAt !== null)).toBe(true);
        const earlier = after[index - 1];
        if (!earlier) return;
        expect(earlier.state).toBe("closed");
        const gapMs = episode.openedAt.getTime() - (earlier.closedAt?.getTime() ?? Number.NaN);
        expect(gapMs).toBeGreaterThan(FLAP_WINDOW_DAYS * 86_400_000);
      });
    });
  });

  it("keeps the start of an episode through everything", () => {
    everyMoment(({ before, after }) => {
      before.forEach((episode, index) => {
        expect(after[index]?.openedAt).toEqual(episode.openedAt);
      });
    });
  });

  it("has an open episode exactly when the broker was last seen failing", () => {
    everyMoment(({ after, observation, outcome }) => {
      if (observation.presence !== "observed" || outcome.kind === "unknown") return;
      const isOpen = after.length > 0 && lastOf(after)?.state !== "closed";
      expect(isOpen).toBe(outcome.kind === "fail");
    });
  });

  it("never overturns what people decided, but ends an acceptance that expired or got worse", () => {
    everyMoment((moment) => {
      const [was, is] = [lastOf(moment.before), lastOf(moment.after)];
      if (!was || !is || was.number !== is.number) return;
      for (const kept of ["acknowledgement", "request", "planId"] as const) expect(is[kept]).toEqual(was[kept]);
      if (was.state === is.state) return;
      const expiresAt = was.acceptance?.expiresAt ?? null;
      const expired = expiresAt !== null && moment.observation.now >= expiresAt;
      if (is.state === "closed") {
        const decided = (was.state === "accepted" && !expired) || was.state === "false-positive";
        if (decided) expect(REMEDIATION_CAUSES.has(is.closeCause ?? "replaced")).toBe(false);
        return;
      }
      const from = was.state === "closed" ? was.stateBeforeClose : was.state;
      if (is.state === from) return;
      expect([from, is.state]).toEqual(["accepted", "open"]);
      const worse =
        moment.outcome.kind === "fail" &&
        SEVERITIES.indexOf(moment.outcome.severity) > SEVERITIES.indexOf(was.acceptance?.severity ?? "low");
      expect(expired || worse).toBe(true);
      expect(moment.events.find(({ from, to }) => from === "accepted" && to === "open")?.note).toBeTruthy();
    });
  });

  it("lets a sync drop a claimed fix only after it looked again", () => {
    everyMoment((moment) => {
      const [was, is] = [lastOf(moment.before), lastOf(moment.after)];
      if (!was?.fixClaim || !is || is.fixClaim) return;
      expect(is.state === "closed" || moment.observation.presence === "observed").toBe(true);
    });
  });

  it("lets people close nothing, approve nothing of their own, and accept nothing without a reason and an end", () => {
    fc.assert(
      fc.property(acts, (history) => {
        for (const { before, after, act, person, now, result } of play(history).deeds) {
          expect(after.closedAt).toEqual(before.closedAt);
          expect(after.openedAt).toEqual(before.openedAt);
          if (!result.ok) continue;
          if (act.kind === "approve") {
            expect(person.id).not.toBe(null);
            expect(after.acceptance?.requestedBy.id).not.toBe(person.id);
          }
          if (act.kind === "comment") expect(after).toEqual(result.events.length > 1 ? expect.anything() : before);
          if (after.state === "accepted") {
            expect(after.acceptance?.reason).toBeTruthy();
            expect(after.acceptance?.expiresAt && after.acceptance.expiresAt > now).toBe(true);
            const days = ((after.acceptance?.expiresAt?.getTime() ?? 0) - now.getTime()) / 86_400_000;
            expect(days).toBeLessThanOrEqual(MAX_ACCEPTANCE_DAYS[after.acceptance?.severity ?? "critical"]);
          }
        }
      }),
      { numRuns: 600, seed: 20261121 },
    );
  });

  it("moves a due day by approved acceptances alone, and never the other way", () => {
    fc.assert(
      fc.property(acts, (history) => {
        const { moments, deeds, episodes } = play(history);
        const approvals = deeds.filter(({ act, result }) => act.kind === "approve" && result.ok).length;
        for (const episode of episodes) {
          expect(episode.dueMovedDays ?? 0).toBeGreaterThanOrEqual(0);
          if (approvals === 0) expect(isDueMoved(episode)).toBe(false);
          const due = effectiveDueOn(episode);
          if (due && episode.dueBaseOn) expect(due >= episode.dueBaseOn).toBe(true);
        }
        for (const { before, after } of moments) {
          const [was, is] = [lastOf(before), lastOf(after)];
          if (was && is && was.number === is.number && was.severity === is.severity)
            expect(is.dueBaseOn).toEqual(was.dueBaseOn);
        }
      }),
      { numRuns: 600, seed: 20261121 },
    );
  });

  it("keeps state and decision together", () => {
    fc.assert(
      fc.property(acts, (history) => {
        for (const episode of play(history).episodes) {
          const state = episode.state === "closed" ? episode.stateBeforeClose : episode.state;
          expect(episode.acceptance?.kind ?? null).toBe(
            state === "accepted" || state === "false-positive" ? state : null,
          );
          expect((episode.request ?? null) !== null).toBe(state === "acceptance-requested");
          if (state === "in-progress") expect(episode.planId).toBe(1);
        }
      }),
      { numRuns: 600, seed: 20261121 },
    );
  });

  it("can be told again from its events alone", () => {
    fc.assert(
      fc.property(acts, (history) => {
        const { episodes, events } = play(history);
        const told = new Map<number, FindingState>();
        for (const event of events) {
          expect(event.from).toBe(told.get(event.episode) ?? null);
          told.set(event.episode, event.to);
        }
        expect([...told.entries()]).toEqual(episodes.map(({ number, state }) => [number, state]));
        const flaps = events.filter(({ from, to }) => from === "closed" && to !== "closed");
        for (const episode of episodes) {
          expect(flaps.filter((event) => event.episode === episode.number)).toHaveLength(episode.flaps);
        }
      }),
      { numRuns: 600, seed: 20261121 },
    );
  });

  it("comes out the same when it is played again, and a sync repeated changes nothing", () => {
    fc.assert(
      fc.property(acts, (history) => {
        const first = play(history);
        expect(play(history)).toEqual(first);
        for (const { after, outcome, observation } of first.moments) {
          const finding = after.length > 0 ? buildFinding(after) : null;
          expect(reconcileFinding(finding, outcome, observation)).toMatchObject({ changed: false, events: [] });
        }
      }),
      { numRuns: 500, seed: 20261121 },
    );
  });

  it("lets every act happen somewhere", () => {
    const happened = new Set<string>();
    fc.assert(
      fc.property(acts, (history) => {
        for (const { act, result } of play(history).deeds) if (result.ok) happened.add(act.kind);
      }),
      { numRuns: 600, seed: 20261121 },
    );
    expect(happened).toEqual(new Set(KINDS));
  });

  it("reaches every cause of closing and every kind of transition in these histories", () => {
    const seen = new Set<string>();
    everyMoment((moment) => {
      const closed = closedNow(moment);
      if (closed) seen.add(closed.closeCause ?? "");
      if (moment.after.some(({ flaps }) => flaps > 0)) seen.add("flap");
      if (moment.after.length > 1) seen.add("recurring");
      if (moment.events.some(({ note }) => note?.includes("expired"))) seen.add("expired");
      if (moment.events.some(({ note }) => note?.includes("Worse"))) seen.add("worse");
      if (moment.events.some(({ note }) => note?.includes("refuted"))) seen.add("refuted");
    });
    expect(seen).toEqual(
      new Set([
        "fixed-by-owner",
        "fixed-by-aws",
        "decommissioned",
        "fixed-while-accepted",
        "not-remediation",
        "flap",
        "recurring",
        "expired",
        "worse",
        "refuted",
      ]),
    );
  });
});
