import { describe, expect, it } from "vitest";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";
import { type EngineLineSupport, overrideCalendar, SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import { supportStatus } from "./support-status";

const d = parsePlainDate;

function calendarWith(row: Partial<EngineLineSupport>) {
  const base: EngineLineSupport = {
    engine: "RABBITMQ",
    line: "9.1",
    offeredSince: null,
    endOfSupport: null,
    endAnnounced: true,
    creatable: true,
    recommended: false,
    nextLine: null,
    checkedOn: d("2026-10-05"),
    changedBy: "test",
    source: "test",
    verified: true,
    notes: null,
  };
  return overrideCalendar(SHIPPED_SUPPORT_CALENDAR, { engineLines: [{ ...base, ...row }] });
}

describe("supportStatus at the boundaries of an end-of-support date", () => {
  const boundaries = [
    [-1000, "supported", null],
    [-181, "supported", null],
    [-180, "ending", null],
    [-91, "ending", null],
    [-90, "ending", "notice"],
    [-31, "ending", "notice"],
    [-30, "ending", "create-blocked"],
    [-1, "ending", "create-blocked"],
    [0, "past-end-of-support", "forced-upgrade-window"],
    [44, "past-end-of-support", "forced-upgrade-window"],
    [45, "past-end-of-support", "overdue"],
    [400, "past-end-of-support", "overdue"],
  ] as const;

  // Once across an ordinary year, once with a leap day inside the 180 days, once ending on the leap day.
  for (const end of ["2025-06-16", "2024-03-15", "2024-02-29"]) {
    it.each(boundaries)(`%i days from ${end} is %s, stage %s`, (offset, state, stage) => {
      const status = supportStatus({
        engine: "RABBITMQ",
        version: "9.1.4",
        calendar: calendarWith({ endOfSupport: d(end) }),
        on: addDays(d(end), offset),
      });
      expect(status).toMatchObject({ state, stage, endOfSupport: end, daysToEnd: 0 - offset, line: "9.1" });
    });
  }

  it("gives the days on which each stage begins", () => {
    const status = supportStatus({
      engine: "ACTIVEMQ",
      version: "5.17.6",
      calendar: SHIPPED_SUPPORT_CALENDAR,
      on: d("2025-01-01"),
    });
    expect(status).toMatchObject({
      state: "ending",
      noticeFrom: "2025-03-18",
      createBlockedFrom: "2025-05-17",
      endOfSupport: "2025-06-16",
      forcedUpgradeEndExclusive: "2025-07-31",
      noEndDateAsOf: null,
      nextLine: "5.18",
      verified: true,
    });
  });

  it.each([
    ["2025-06-15", "ActiveMQ 5.17 reaches end of support on 2025-06-16, in 1 day. AWS refuses new brokers on it."],
    ["2025-02-01", "ActiveMQ 5.17 reaches end of support on 2025-06-16, in 135 days."],
    [
      "2025-06-16",
      "ActiveMQ 5.17 is past end of support since 2025-06-16. AWS may upgrade the broker in any of its maintenance windows before 2025-07-31.",
    ],
    [
      "2025-07-31",
      "ActiveMQ 5.17 is past end of support since 2025-06-16. AWS's upgrade window closed on 2025-07-31 and the broker still runs it.",
    ],
  ])("explains itself on %s", (on, explanation) => {
    expect(
      supportStatus({ engine: "ACTIVEMQ", version: "5.17", calendar: SHIPPED_SUPPORT_CALENDAR, on: d(on) }).explanation,
    ).toBe(explanation);
  });
});

describe("supportStatus without an end date", () => {
  it("says that none is published as of the day it was checked, and from when nobody can know", () => {
    const status = supportStatus({
      engine: "RABBITMQ",
      version: "3.13.7",
      calendar: SHIPPED_SUPPORT_CALENDAR,
      on: d("2026-11-21"),
    });
    expect(status).toMatchObject({
      state: "supported",
      stage: null,
      endOfSupport: null,
      daysToEnd: null,
      noEndDateAsOf: "2026-10-05",
      notKnowableFrom: "2027-01-03",
      nextLine: "4.2",
    });
    expect(status.explanation).toContain("no end date published as of 2026-10-05");
  });

  it.each([
    [
      "a line that no calendar dates and nobody verified",
      "RABBITMQ",
      "3.8.34",
      /not in any calendar.*no longer offers/,
    ],
    ["a line the calendar does not have", "RABBITMQ", "4.1.2", /RabbitMQ 4\.1 is not in the support calendar/],
    ["a line Amazon MQ never offered", "ACTIVEMQ", "6.1.0", /not in the support calendar/],
    ["an engine nobody knows", "ARTEMIS", "2.30", /ARTEMIS 2\.30 is not in/],
    ["a version that was never observed", "RABBITMQ", null, /version was never observed/],
    ["an engine that was never observed", undefined, "3.13", /engine was never observed/],
    ["a text that is no version", "RABBITMQ", "latest", /"latest" names no engine line/],
    ["a version without a minor", "RABBITMQ", "4", /names no engine line/],
  ] as const)("is unknown for %s", (_, engine, version, explanation) => {
    const status = supportStatus({ engine, version, calendar: SHIPPED_SUPPORT_CALENDAR, on: d("2026-11-21") });
    expect(status).toMatchObject({ state: "unknown", stage: null, endOfSupport: null, noEndDateAsOf: null });
    expect(status.explanation).toMatch(explanation);
  });

  it("uses the date of an unverified row, marked as unverified", () => {
    const calendar = calendarWith({ endOfSupport: d("2026-12-01"), verified: false });
    expect(supportStatus({ engine: "RABBITMQ", version: "9.1", calendar, on: d("2026-11-21") })).toMatchObject({
      state: "ending",
      verified: false,
    });
  });

  it("judges by number: 3.9 is not 3.13, and 5.18.4 belongs to 5.18", () => {
    const on = d("2026-11-21");
    expect(supportStatus({ engine: "RABBITMQ", version: "3.9.27", calendar: SHIPPED_SUPPORT_CALENDAR, on }).state).toBe(
      "past-end-of-support",
    );
    expect(supportStatus({ engine: "ACTIVEMQ", version: "5.18.4", calendar: SHIPPED_SUPPORT_CALENDAR, on }).line).toBe(
      "5.18",
    );
  });
});
