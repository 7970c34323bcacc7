import { describe, expect, it } from "vitest";
import type { EpisodeState, FindingState } from "@/lib/domain/finding";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type FindingOutcome, type Observation, reconcileFinding } from "@/lib/findings/reconcile";
import { buildAcceptance, buildEpisode, buildFinding } from "@/lib/testing/build-finding";

const at = (text: string) => new Date(text.length === 10 ? `${text}T06:00:00Z` : text);
const fails: FindingOutcome = { kind: "fail", severity: "medium", evidence: {} };
const passes: FindingOutcome = { kind: "pass", reason: "It is private." };

function observe(overrides: Partial<Observation> = {}): Observation {
  return {
    now: at("2026-11-21"),
    previousObservedAt: at("2026-11-20"),
    presence: "observed",
    observedHash: "after",
    policyHash: "policy",
    ruleVersion: 1,
    fixedBy: "owner",
    actor: "system:evaluation",
    ...overrides,
  };
}

const closed = (overrides: Partial<EpisodeState> = {}) =>
  buildEpisode({
    state: "closed",
    closedAt: at("2026-11-14"),
    closedAfter: at("2026-11-13"),
    closeCause: "fixed-by-owner",
    stateBeforeClose: "open",
    ...overrides,
  });

describe("opening", () => {
  it("opens at first detection, known to one observation interval", () => {
    const { episodes, events, changed } = reconcileFinding(null, fails, observe());
    expect(changed).toBe(true);
    expect(episodes).toMatchObject([
      {
        number: 1,
        state: "open",
        openedAt: at("2026-11-21"),
        openedAfter: at("2026-11-20"),
        recurring: false,
        flaps: 0,
      },
    ]);
    expect(events).toMatchObject([
      { episode: 1, at: at("2026-11-21"), from: null, to: "open", actor: "system:evaluation" },
    ]);
  });

  it.each([
    ["pass", passes, observe()],
    ["unknown", { kind: "unknown", reason: "Never observed." } as const, observe()],
    ["not applicable", { kind: "not-applicable", reason: "No audit log." } as const, observe()],
    ["a failure that rests on an old observation", fails, observe({ presence: "not-observed" })],
    ["a gone broker", fails, observe({ presence: "gone" })],
  ])("opens nothing on %s", (_, outcome, observation) => {
    expect(reconcileFinding(null, outcome, observation)).toEqual({
      episodes: [],
      events: [],
      changed: false,
    });
  });
});

describe("while it fails", () => {
  it("writes nothing when nothing changed", () => {
    const episode = buildEpisode({ observedHash: "after", dueBaseOn: parsePlainDate("2027-01-30") });
    expect(reconcileFinding(buildFinding([episode]), fails, observe())).toMatchObject({
      episodes: [episode],
      events: [],
      changed: false,
    });
  });

  it("takes over changed fingerprints without an event", () => {
    const result = reconcileFinding(buildFinding([buildEpisode()]), fails, observe());
    expect(result).toMatchObject({ changed: true, events: [], episodes: [{ observedHash: "after", state: "open" }] });
  });

  it("writes an event with what changed in severity and evidence, and keeps the state people gave it", () => {
    const episode = buildEpisode({ state: "acknowledged", evidence: { line: "5.17", stage: "ending" } });
    const outcome: FindingOutcome = {
      kind: "fail",
      severity: "critical",
      evidence: { line: "5.17", stage: "overdue" },
    };
    const result = reconcileFinding(buildFinding([episode]), outcome, observe());
    expect(result.episodes).toMatchObject([
      { state: "acknowledged", severity: "critical", openedAt: episode.openedAt },
    ]);
    expect(result.events).toMatchObject([
      {
        from: "acknowledged",
        to: "acknowledged",
        detail: {
          severity: { from: "medium", to: "critical" },
          evidence: { stage: { from: "ending", to: "overdue" } },
        },
      },
    ]);
  });
});

describe("closing", () => {
  const cases: [string, Partial<EpisodeState>, Partial<Observation>, FindingOutcome, string][] = [
    ["pass after an observed change", {}, {}, passes, "fixed-by-owner"],
    ["pass after AWS patched", {}, { fixedBy: "aws" }, passes, "fixed-by-aws"],
    ["pass without an observed change", {}, { observedHash: "before" }, passes, "not-remediation"],
    ["pass under changed policy alone", {}, { observedHash: "before", policyHash: "new" }, passes, "not-remediation"],
    ["pass under another version of the rule", {}, { ruleVersion: 2 }, passes, "not-remediation"],
    ["pass of an episode without a fingerprint", { observedHash: null }, {}, passes, "not-remediation"],
    ["not applicable", {}, {}, { kind: "not-applicable", reason: "It is development." }, "not-remediation"],
    ["gone", {}, { presence: "gone" }, { kind: "not-applicable", reason: "Gone." }, "decommissioned"],
    ["gone while accepted", { state: "accepted" }, { presence: "gone" }, passes, "decommissioned"],
    ["out of scope", {}, { presence: "out-of-scope" }, fails, "not-remediation"],
    ["pass while accepted", { state: "accepted" }, {}, passes, "fixed-while-accepted"],
    ["pass while accepted, by AWS", { state: "accepted" }, { fixedBy: "aws" }, passes, "fixed-while-accepted"],
    ["pass of a false positive", { state: "false-positive" }, {}, passes, "fixed-while-accepted"],
    ["pass while acceptance is asked for", { state: "acceptance-requested" }, {}, passes, "fixed-by-owner"],
  ];

  it.each(cases)("%s", (_, episode, observation, outcome, closeCause) => {
    const before = buildEpisode(episode);
    const { episodes, events } = reconcileFinding(buildFinding([before]), outcome, observe(observation));
    expect(episodes).toMatchObject([
      {
        state: "closed",
        closeCause,
        closedAt: at("2026-11-21"),
        closedAfter: at("2026-11-20"),
        stateBeforeClose: before.state,
        openedAt: before.openedAt,
      },
    ]);
    expect(events).toMatchObject([{ from: before.state, to: "closed", detail: { cause: closeCause } }]);
  });

  it.each([
    ["unknown", observe(), { kind: "unknown", reason: "Never observed." } as const],
    ["a broker that could not be described", observe({ presence: "not-observed" }), passes],
    ["an observation from before it opened", observe({ now: at("2026-10-01") }), passes],
  ])("is never brought about by %s", (_, observation, outcome) => {
    const finding = buildFinding([buildEpisode()]);
    expect(reconcileFinding(finding, outcome, observation)).toMatchObject({
      changed: false,
      episodes: finding.episodes,
    });
  });
});

describe("failing again", () => {
  it("continues the episode to the end of the seventh day after closing", () => {
    const finding = buildFinding([closed()]);
    const result = reconcileFinding(finding, fails, observe({ now: at("2026-11-21T06:00:00Z") }));
    expect(result.episodes).toMatchObject([
      {
        number: 1,
        state: "open",
        flaps: 1,
        closedAt: null,
        closedAfter: null,
        closeCause: null,
        openedAt: at("2026-11-01"),
      },
    ]);
    expect(result.events).toMatchObject([{ episode: 1, from: "closed", to: "open", detail: { flaps: 1 } }]);
  });

  it("opens a new, recurring episode later, and leaves the old one as it was", () => {
    const old = closed({ flaps: 2 });
    const result = reconcileFinding(buildFinding([old]), fails, observe({ now: at("2026-11-21T06:00:01Z") }));
    expect(result.episodes[0]).toBe(old);
    expect(result.episodes[1]).toMatchObject({ number: 2, state: "open", recurring: true, flaps: 0 });
    expect(result.events).toMatchObject([{ episode: 2, from: null, to: "open" }]);
  });

  it.each([
    "acknowledged",
    "in-progress",
    "acceptance-requested",
    "accepted",
    "false-positive",
  ] satisfies FindingState[])("returns to %s, which people had decided", (stateBeforeClose) => {
    const finding = buildFinding([closed({ stateBeforeClose })]);
    expect(reconcileFinding(finding, fails, observe()).episodes).toMatchObject([{ state: stateBeforeClose }]);
  });

  it("returns to accepted when only the cause of the close tells", () => {
    const finding = buildFinding([closed({ stateBeforeClose: undefined, closeCause: "fixed-while-accepted" })]);
    expect(reconcileFinding(finding, fails, observe()).episodes).toMatchObject([{ state: "accepted" }]);
  });
});

describe("acceptance", () => {
  const accepted = (overrides: Partial<EpisodeState> = {}) =>
    buildEpisode({
      state: "accepted",
      evidence: { grade: 2 },
      acceptance: buildAcceptance({ expiresAt: at("2026-12-31"), grade: 2 }),
      ...overrides,
    });
  const graded = (grade: number, severity: "low" | "medium" | "high" = "medium"): FindingOutcome => ({
    kind: "fail",
    severity,
    evidence: { grade },
  });

  it("holds while nothing gets worse, also when things get better and as bad again", () => {
    const better = reconcileFinding(buildFinding([accepted()]), graded(1, "low"), observe());
    expect(better.episodes).toMatchObject([{ state: "accepted", severity: "low" }]);
    const again = reconcileFinding(buildFinding(better.episodes), graded(2), observe({ now: at("2026-11-22") }));
    expect(again.episodes).toMatchObject([{ state: "accepted", severity: "medium" }]);
  });

  it.each([
    ["severity", graded(2, "high")],
    ["evidence", graded(3)],
  ])("ends when %s gets worse, in the same episode and not silently", (_, outcome) => {
    const { episodes, events } = reconcileFinding(buildFinding([accepted()]), outcome, observe());
    expect(episodes).toMatchObject([{ number: 1, state: "open", acceptance: null, openedAt: at("2026-11-01") }]);
    expect(events).toMatchObject([{ from: "accepted", to: "open", note: "Worse than what was accepted." }]);
  });

  it.each(["observed", "not-observed"] as const)("ends at its expiry (%s)", (presence) => {
    const observation = observe({ presence, now: at("2026-12-31") });
    const { episodes, events } = reconcileFinding(buildFinding([accepted()]), graded(2), observation);
    expect(episodes).toMatchObject([{ state: "open", acceptance: null }]);
    expect(events).toMatchObject([{ from: "accepted", to: "open", note: "The acceptance expired." }]);
    const before = observe({ presence, now: at("2026-12-30") });
    expect(reconcileFinding(buildFinding([accepted()]), graded(2), before).episodes).toMatchObject([
      { state: "accepted" },
    ]);
  });

  it("is not undone for a false positive that gets worse", () => {
    const finding = buildFinding([accepted({ state: "false-positive" })]);
    expect(reconcileFinding(finding, graded(9, "high"), observe()).episodes).toMatchObject([
      { state: "false-positive" },
    ]);
  });
});

describe("a claimed fix", () => {
  const claim = { by: { id: "7", name: "ana" }, at: at("2026-11-20T12:00:00Z"), note: "private now" };

  it("is refuted by a later observation that still fails, and can then be claimed again", () => {
    const finding = buildFinding([buildEpisode({ state: "acknowledged", fixClaim: claim })]);
    const { episodes, events } = reconcileFinding(finding, fails, observe());
    expect(episodes).toMatchObject([{ state: "acknowledged", fixClaim: null }]);
    expect(events).toMatchObject([
      { note: "The claimed fix was refuted: it still fails.", detail: { claimedBy: "ana" } },
    ]);
  });

  it("waits for an observation after the claim: judging again what was read before refutes nothing", () => {
    const finding = buildFinding([buildEpisode({ fixClaim: claim })]);
    const before = observe({ observedAt: at("2026-11-20T06:00:00Z") });
    expect(reconcileFinding(finding, fails, before).episodes).toMatchObject([{ fixClaim: claim }]);
    const unread = observe({ presence: "not-observed" });
    expect(reconcileFinding(finding, fails, unread).episodes).toMatchObject([{ fixClaim: claim }]);
  });

  it("is confirmed by the close, which names who claimed it", () => {
    const { episodes, events } = reconcileFinding(buildFinding([buildEpisode({ fixClaim: claim })]), passes, observe());
    expect(episodes).toMatchObject([{ state: "closed", closeCause: "fixed-by-owner", fixClaim: null }]);
    expect(events).toMatchObject([{ detail: { cause: "fixed-by-owner", claimedBy: "ana" } }]);
  });
});

describe("an acceptance that expired before anybody looked", () => {
  const finding = buildFinding([
    buildEpisode({ state: "accepted", acceptance: buildAcceptance({ expiresAt: at("2026-11-19") }) }),
  ]);

  it("does not make of a later fix one that happened while accepted", () => {
    const { episodes, events } = reconcileFinding(finding, passes, observe());
    expect(episodes).toMatchObject([{ closeCause: "fixed-by-owner" }]);
    expect(events.map(({ from, to }) => [from, to])).toEqual([
      ["accepted", "open"],
      ["open", "closed"],
    ]);
  });
});
