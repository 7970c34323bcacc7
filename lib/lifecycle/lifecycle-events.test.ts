import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { lifecycleEvents } from "./lifecycle-events";
import { engineLineId, instanceTypeId, lifecycleTimeline } from "./lifecycle-timeline";

const entries = lifecycleTimeline({ inUse: [], on: parsePlainDate("2026-11-21") });
const eventsOf = (...ids: string[]) => lifecycleEvents(entries.filter(({ id }) => ids.includes(id)));

describe("lifecycleEvents", () => {
  it("has the four days of a dated line in their order", () => {
    expect(eventsOf(engineLineId("ACTIVEMQ", "5.17")).map(({ kind, day }) => [kind, day])).toEqual([
      ["notice-start", "2025-03-18"],
      ["create-block-start", "2025-05-17"],
      ["end-of-support", "2025-06-16"],
      ["forced-upgrade-end", "2025-07-30"],
    ]);
  });

  it("has no notice and no upgrade window for an instance type, and no create-block that nobody published", () => {
    expect(eventsOf(instanceTypeId("ACTIVEMQ", "mq.m4.large")).map(({ kind, day }) => [kind, day])).toEqual([
      ["create-block-start", "2025-03-18"],
      ["end-of-support", "2025-05-12"],
    ]);
    expect(eventsOf(instanceTypeId("RABBITMQ", "mq.t3.micro")).map(({ kind }) => kind)).toEqual(["end-of-support"]);
  });

  it("asks to look again where no end date was published, and says nothing of what is unknown", () => {
    expect(eventsOf(engineLineId("ACTIVEMQ", "5.18"), engineLineId("RABBITMQ", "3.8"))).toMatchObject([
      {
        id: "engine-line ACTIVEMQ 5.18 no-end-date",
        day: "2027-01-03",
        title: "ActiveMQ 5.18: look for an end date",
        sentence: expect.stringContaining("no end date as of 2026-10-05"),
      },
    ]);
  });

  it("keeps ids apart and days in order over the whole calendar", () => {
    const events = lifecycleEvents(entries);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events.map(({ day }) => day)).toEqual(events.map(({ day }) => day).sort());
  });
});
