import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { endAcceptance } from "@/lib/findings/acceptance";
import { dueOn, effectiveDueOn, isDueMoved } from "@/lib/findings/due-on";
import { buildAcceptance, buildEpisode } from "@/lib/testing/build-finding";

const openedAt = new Date("2026-04-04T06:00:00Z");
const day = parsePlainDate;

describe("dueOn", () => {
  it("is the start plus the days of the severity", () => {
    expect(dueOn({ episode: { openedAt, severity: "high" }, before: null, today: day("2026-04-04") })).toBe(
      "2026-05-04",
    );
  });

  it("gives the days of the higher severity from the day it rose, not from the start", () => {
    const before = { severity: "low" as const, dueOn: day("2026-10-01") };
    const episode = { openedAt, severity: "critical" as const };
    expect(dueOn({ episode, before, today: day("2026-06-01") })).toBe("2026-06-08");
  });

  it("never moves a due day that is earlier already", () => {
    const before = { severity: "medium" as const, dueOn: day("2026-07-03") };
    const episode = { openedAt, severity: "critical" as const };
    expect(dueOn({ episode, before, today: day("2026-10-01") })).toBe("2026-07-03");
  });

  it("stays where it was while the severity stays", () => {
    const before = { severity: "critical" as const, dueOn: day("2026-06-08") };
    expect(dueOn({ episode: { openedAt, severity: "critical" }, before, today: day("2026-11-21") })).toBe("2026-06-08");
  });

  it("counts from the start again when the severity falls, and for a new episode", () => {
    const before = { severity: "critical" as const, dueOn: day("2026-06-08") };
    expect(dueOn({ episode: { openedAt, severity: "medium" }, before, today: day("2026-11-21") })).toBe("2026-07-03");
    expect(dueOn({ episode: { openedAt, severity: "critical" }, before: null, today: day("2026-11-21") })).toBe(
      "2026-04-11",
    );
  });
});

describe("effectiveDueOn", () => {
  const dueBaseOn = day("2026-11-20");
  const paused = {
    dueBaseOn,
    acceptance: buildAcceptance({ pausedFrom: day("2026-11-10"), expiresAt: new Date("2026-12-10") }),
  };

  it("waits for as many days as the acceptance lasts, and no longer than it really lasted", () => {
    expect(effectiveDueOn(buildEpisode(paused))).toBe("2026-12-20");
    expect(effectiveDueOn(endAcceptance(buildEpisode(paused), day("2026-11-15")))).toBe("2026-11-25");
    expect(effectiveDueOn(buildEpisode({ ...paused, state: "closed", closedAt: new Date("2026-11-12") }))).toBe(
      "2026-11-22",
    );
  });

  it("is none while a false positive stands, and goes on with the days that were left", () => {
    const episode = buildEpisode({
      ...paused,
      acceptance: buildAcceptance({ expiresAt: null, pausedFrom: day("2026-11-10") }),
    });
    expect(effectiveDueOn(episode)).toBe(null);
    expect(effectiveDueOn(endAcceptance(episode, day("2027-01-10")))).toBe("2027-01-20");
  });

  it("stays where an acceptance came too late, and adds up over several", () => {
    expect(effectiveDueOn(buildEpisode({ dueBaseOn, acceptance: buildAcceptance() }))).toBe("2026-11-20");
    expect(effectiveDueOn(buildEpisode({ ...paused, dueMovedDays: 5 }))).toBe("2026-12-25");
    expect(isDueMoved(buildEpisode({ dueBaseOn, acceptance: buildAcceptance() }))).toBe(false);
    expect(isDueMoved(buildEpisode(paused))).toBe(true);
  });

  it("is none where nothing can be done at Amazon MQ", () => {
    expect(effectiveDueOn(buildEpisode({ dueBaseOn, evidence: { outsideSla: true } }))).toBe(null);
  });
});
