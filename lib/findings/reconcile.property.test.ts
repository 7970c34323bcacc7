import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type EpisodeEvent,
  type EpisodeState,
  type FindingState,
  FLAP_WINDOW_DAYS,
  REMEDIATION_CAUSES,
  SEVERITIES,
} from "@/lib/domain/finding";
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
  | { act: "decide"; state: FindingState; expiresInDays: number };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
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
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant("decide" as const),
        state: fc.constantFrom<FindingState>(
          "acknowledged",
          "in-progress",
          "acceptance-requested",
          "accepted",
          "false-positive",
        ),
        expiresInDays: fc.integer({ min: 1, max: 60 }),
      }),
    },
  ),
  { maxLength: 40 },
);

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
  episodes: readonly EpisodeState[];
  events: EpisodeEvent[];
} {
  let now = new Date("2026-01-01T00:00:00Z");
  let previousObservedAt: Date | null = null;
  let [level, demanded, ruleVersion] = [2, 2, 1];
  let levelLastSeenFailing: number | null = null;
  let episodes: readonly EpisodeState[] = [];
  const moments: Moment[] = [];
  const events: EpisodeEvent[] = [];
  for (const step of history) {
    if (step.act === "change broker") level = step.level;
    else if (step.act === "change reference") [demanded, ruleVersion] = [step.level, step.ruleVersion];
    else if (step.act === "decide") {
      const last = episodes.at(-1);
      if (!last || last.state === "closed") continue;
      const expiresAt = new Date(now.getTime() + step.expiresInDays * 86_400_000);
      const acceptance = step.state === "accepted" ? { expiresAt, severity: last.severity, grade: null } : null;
      episodes = [...episodes.slice(0, -1), { ...last, state: step.state, acceptance }];
      events.push({
        episode: last.number,
        at: now,
        actor: "ana",
        from: last.state,
        to: step.state,
        note: null,
        detail: {},
      });
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
  return { moments, episodes, events };
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
    { numRuns: 1000, seed: 20261121 },
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
      if (!was || !is || was.number !== is.number || was.state === is.state) return;
      if (is.state === "closed") {
        const decided = was.state === "accepted" || was.state === "false-positive";
        if (decided) expect(REMEDIATION_CAUSES.has(is.closeCause ?? "replaced")).toBe(false);
        return;
      }
      const from = was.state === "closed" ? was.stateBeforeClose : was.state;
      if (is.state === from) return;
      expect([from, is.state]).toEqual(["accepted", "open"]);
      const expired = was.acceptance && moment.observation.now >= was.acceptance.expiresAt;
      const worse =
        moment.outcome.kind === "fail" &&
        SEVERITIES.indexOf(moment.outcome.severity) > SEVERITIES.indexOf(was.acceptance?.severity ?? "low");
      expect(Boolean(expired) || worse).toBe(true);
      expect(moment.events.at(-1)?.note).toBeTruthy();
    });
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
      { numRuns: 1000, seed: 20261121 },
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

  it("reaches every cause of closing and every kind of transition in these histories", () => {
    const seen = new Set<string>();
    everyMoment((moment) => {
      const closed = closedNow(moment);
      if (closed) seen.add(closed.closeCause ?? "");
      if (moment.after.some(({ flaps }) => flaps > 0)) seen.add("flap");
      if (moment.after.length > 1) seen.add("recurring");
      if (moment.events.some(({ note }) => note?.includes("expired"))) seen.add("expired");
      if (moment.events.some(({ note }) => note?.includes("Worse"))) seen.add("worse");
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
      ]),
    );
  });
});
