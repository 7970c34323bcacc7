import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { overrideCalendar, SHIPPED_SUPPORT_CALENDAR as shipped } from "@/lib/reference/support-calendar";
import { engineLineId, type InUse, instanceTypeId, lifecycleTimeline } from "./lifecycle-timeline";

const on = parsePlainDate("2026-11-21");
const entryOf = (id: string, inUse: readonly InUse[] = [], day = on, calendar = shipped) =>
  lifecycleTimeline({ inUse, on: day, calendar }).find((entry) => entry.id === id);
const line = shipped.engineLines.find((row) => row.engine === "RABBITMQ" && row.line === "3.13");
if (!line) throw new Error("row missing");
const dated = overrideCalendar(shipped, {
  engineLines: [
    { ...line, endOfSupport: parsePlainDate("2027-03-01"), endAnnounced: true, changedBy: "ann@example.com" },
  ],
});

describe("lifecycleTimeline", () => {
  it("has every line and type of the calendar once, in use or not, lines by number", () => {
    const entries = lifecycleTimeline({ inUse: [], on });
    expect(entries).toHaveLength(shipped.engineLines.length + shipped.instanceTypes.length);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.filter((e) => e.kind === "engine-line").map(({ engine, name }) => `${engine} ${name}`)).toEqual([
      ..."5.15 5.16 5.17 5.18 5.19".split(" ").map((name) => `ACTIVEMQ ${name}`),
      ..."3.8 3.9 3.10 3.11 3.12 3.13 4.2 4.3".split(" ").map((name) => `RABBITMQ ${name}`),
    ]);
  });

  it("has the windows of a dated line: notice 90 days, create-block 30 days before, upgrade 45 days after", () => {
    expect(entryOf(engineLineId("RABBITMQ", "3.13"), [], on, dated)).toMatchObject({
      offeredSince: "2024-07-02",
      noticeFrom: "2026-12-01",
      createBlockedFrom: "2027-01-30",
      endOfSupport: "2027-03-01",
      forcedUpgradeEndExclusive: "2027-04-15",
      state: "ending",
      stage: null,
      creatable: true,
      nextLine: "4.2",
      changedBy: "ann@example.com",
      upstreamEnds: [{ endOfLife: "2024-09-17", verified: true }],
    });
  });

  it.each([
    ["2026-11-30", null, true],
    ["2026-12-01", "notice", true],
    ["2027-01-30", "create-blocked", false],
    ["2027-03-01", "forced-upgrade-window", false],
    ["2027-04-15", "overdue", false],
  ])("is on %s at stage %s, new brokers %s", (day, stage, creatable) => {
    expect(entryOf(engineLineId("RABBITMQ", "3.13"), [], parsePlainDate(day), dated)).toMatchObject({
      stage,
      creatable,
    });
  });

  it("says that no end date was published, and from when on nobody can know", () => {
    expect(entryOf(engineLineId("ACTIVEMQ", "5.18"))).toMatchObject({
      endOfSupport: null,
      noEndDateAsOf: "2026-10-05",
      notKnowableFrom: "2027-01-03",
      sentence: expect.stringContaining("no end date published as of 2026-10-05"),
    });
  });

  it("says of an overdue line that brokers still run it only where they do", () => {
    const id = engineLineId("ACTIVEMQ", "5.17");
    expect(entryOf(id)?.sentence).toBe(
      "ActiveMQ 5.17 is past end of support since 2025-06-16. AWS's upgrade window closed on 2025-07-31.",
    );
    const used = entryOf(id, [{ engine: "ACTIVEMQ", line: "5.17", instanceType: null }]);
    expect(used?.sentence).toMatch(/and brokers still run it\.$/);
  });

  it("gives instance types a create-block of their own, and neither notice nor upgrade window", () => {
    expect(entryOf(instanceTypeId("ACTIVEMQ", "mq.t2.micro"))).toMatchObject({
      endOfSupport: "2025-05-12",
      createBlockedFrom: "2025-03-18",
      noticeFrom: null,
      forcedUpgradeEndExclusive: null,
      state: "past-end-of-support",
      creatable: false,
    });
    expect(entryOf(instanceTypeId("RABBITMQ", "mq.t3.micro"))).toMatchObject({
      endOfSupport: "2026-10-01",
      createBlockedFrom: null,
    });
  });

  it("adds what brokers run and the calendar does not have, the unobserved last of its engine", () => {
    const entries = lifecycleTimeline({
      inUse: [
        { engine: "ACTIVEMQ", line: "9.9", instanceType: "mq.x1.Huge" },
        { engine: "ACTIVEMQ", line: null, instanceType: null },
        { engine: null, line: null, instanceType: null },
      ],
      on,
    });
    const names = entries.filter((e) => e.kind === "engine-line").map(({ engine, name }) => `${engine} ${name}`);
    expect(names.slice(4, 7)).toEqual(["ACTIVEMQ 5.19", "ACTIVEMQ 9.9", "ACTIVEMQ unknown"]);
    expect(names.at(-1)).toBe("UNKNOWN unknown");
    expect(entries.find(({ id }) => id === engineLineId("ACTIVEMQ", "9.9"))).toMatchObject({
      state: "unknown",
      creatable: null,
      sentence: "ActiveMQ 9.9 is not in the support calendar, so its support is unknown.",
    });
    expect(entries.find(({ id }) => id === "instance-type ACTIVEMQ mq.x1.huge")).toMatchObject({ state: "unknown" });
  });
});
