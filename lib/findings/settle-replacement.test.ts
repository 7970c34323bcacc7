import { describe, expect, it } from "vitest";
import type { EpisodeState } from "@/lib/domain/finding";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type ReplacementOutcome, settleReplacement } from "@/lib/findings/settle-replacement";
import { buildAcceptance, buildEpisode, buildFinding } from "@/lib/testing/build-finding";

const now = new Date("2026-11-21T06:00:00Z");
const gone = new Date("2026-11-19T06:00:00Z");

function settle(last: EpisodeState, outcome: ReplacementOutcome, there: readonly EpisodeState[] = []) {
  return settleReplacement({
    finding: buildFinding([last]),
    there: there.length > 0 ? buildFinding(there, { subjectKey: "arn:new" }) : null,
    outcome,
    replacementKey: "arn:new",
    floor: there.at(-2)?.closedAt ?? null,
    now,
    previousObservedAt: new Date("2026-11-20T06:00:00Z"),
    actor: "system:evaluation",
  });
}
const decommissioned = (overrides: Partial<EpisodeState> = {}) =>
  buildEpisode({
    state: "closed",
    closedAt: gone,
    closeCause: "decommissioned",
    stateBeforeClose: "acknowledged",
    ...overrides,
  });

describe("a confirmed replacement of a gone broker", () => {
  it("closes as replaced what it passes", () => {
    expect(settle(buildEpisode(), "pass")).toMatchObject({
      old: {
        episode: { state: "closed", closeCause: "replaced", closedAt: now },
        events: [{ detail: { cause: "replaced" } }],
      },
      onto: null,
      pending: false,
    });
  });

  it("corrects the cause of what was closed as decommissioned, but not the day", () => {
    expect(settle(decommissioned(), "pass")).toMatchObject({
      old: {
        episode: { closeCause: "replaced", closedAt: gone },
        events: [{ from: "closed", to: "closed", detail: { cause: "replaced", causeBefore: "decommissioned" } }],
      },
    });
  });

  it("never makes remediation of what was accepted", () => {
    const accepted = buildEpisode({ state: "accepted", acceptance: buildAcceptance() });
    expect(settle(accepted, "pass").old?.episode.closeCause).toBe("fixed-while-accepted");
    const closed = decommissioned({ stateBeforeClose: "false-positive" });
    expect(settle(closed, "pass").old?.episode.closeCause).toBe("fixed-while-accepted");
  });

  it("is no remediation where the rule does not apply to it", () => {
    expect(settle(buildEpisode(), "not-applicable").old?.episode.closeCause).toBe("not-remediation");
  });

  it("waits while the replacement is not known", () => {
    expect(settle(buildEpisode(), "unknown")).toEqual({ old: null, onto: null, pending: true });
    expect(settle(buildEpisode(), "fail")).toEqual({ old: null, onto: null, pending: true });
  });

  it("leaves alone what was closed for another cause", () => {
    expect(settle(decommissioned({ closeCause: "fixed-by-owner" }), "pass")).toEqual({
      old: null,
      onto: null,
      pending: false,
    });
  });

  it("hands the episode on where it fails too: start, due day and decisions go with it", () => {
    const old = decommissioned({
      dueBaseOn: parsePlainDate("2026-12-01"),
      acknowledgement: {
        by: { id: "1", name: "ana" },
        at: gone,
        assignee: "Payments",
        note: "soon",
        targetOn: parsePlainDate("2026-12-24"),
      },
      flaps: 1,
    });
    const current = buildEpisode({ openedAt: gone, dueBaseOn: parsePlainDate("2027-02-01"), observedHash: "new" });
    const { old: closed, onto } = settle(old, "fail", [current]);
    expect(closed?.episode).toMatchObject({ closeCause: "not-remediation", closedAt: gone });
    expect(closed?.events).toMatchObject([{ detail: { movedTo: "arn:new" } }]);
    expect(onto?.episode).toMatchObject({
      state: "acknowledged",
      openedAt: old.openedAt,
      openedAfter: old.openedAfter,
      dueBaseOn: "2026-12-01",
      acknowledgement: { assignee: "Payments" },
      flaps: 1,
      observedHash: "new",
    });
    expect(onto?.events).toMatchObject([
      { from: "open", to: "acknowledged", detail: { movedFrom: old && expect.any(String) } },
    ]);
  });

  it("keeps what was decided at the replacement, and does not reach into its earlier episodes", () => {
    const earlier = buildEpisode({
      openedAt: new Date("2026-11-10T06:00:00Z"),
      state: "closed",
      closedAt: new Date("2026-11-12T06:00:00Z"),
      closeCause: "fixed-by-owner",
    });
    const current = buildEpisode({
      number: 2,
      openedAt: new Date("2026-11-20T06:00:00Z"),
      state: "accepted",
      acceptance: buildAcceptance(),
    });
    const { onto } = settle(decommissioned(), "fail", [earlier, current]);
    expect(onto?.episode).toMatchObject({ number: 2, state: "accepted", openedAt: earlier.closedAt });
  });
});
