import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { dueOn } from "@/lib/findings/due-on";

const openedAt = new Date("2026-04-04T06:00:00Z");
const day = parsePlainDate;

describe("dueOn", () => {
  it("is the start plus the days of the severity", () => {
    expect(dueOn({ episode: { number: 1, openedAt, severity: "high" }, before: null, today: day("2026-04-04") })).toBe(
      "2026-05-04",
    );
  });

  it("gives the days of the higher severity from the day it rose, not from the start", () => {
    const before = { number: 1, severity: "low" as const, dueOn: day("2026-10-01") };
    const episode = { number: 1, openedAt, severity: "critical" as const };
    expect(dueOn({ episode, before, today: day("2026-06-01") })).toBe("2026-06-08");
  });

  it("never moves a due day that is earlier already", () => {
    const before = { number: 1, severity: "medium" as const, dueOn: day("2026-07-03") };
    const episode = { number: 1, openedAt, severity: "critical" as const };
    expect(dueOn({ episode, before, today: day("2026-10-01") })).toBe("2026-07-03");
  });

  it("stays where it was while the severity stays", () => {
    const before = { number: 1, severity: "critical" as const, dueOn: day("2026-06-08") };
    expect(dueOn({ episode: { number: 1, openedAt, severity: "critical" }, before, today: day("2026-11-21") })).toBe(
      "2026-06-08",
    );
  });

  it("counts from the start again when the severity falls or another episode begins", () => {
    const before = { number: 1, severity: "critical" as const, dueOn: day("2026-06-08") };
    expect(dueOn({ episode: { number: 1, openedAt, severity: "medium" }, before, today: day("2026-11-21") })).toBe(
      "2026-07-03",
    );
    expect(dueOn({ episode: { number: 2, openedAt, severity: "critical" }, before, today: day("2026-11-21") })).toBe(
      "2026-04-11",
    );
  });
});
