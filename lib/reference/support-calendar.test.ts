import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import data from "./data/version-calendar.json";
import {
  SHIPPED_SUPPORT_CALENDAR as calendar,
  findEngineLine,
  findInstanceType,
  linesOfEngine,
  overrideCalendar,
  upstreamLines,
} from "./support-calendar";

describe("the shipped support calendar", () => {
  it("has every row of the data", () => {
    const kinds = data.records.map((row) => row.kind);
    expect(calendar.engineLines).toHaveLength(kinds.filter((kind) => kind === "amazon-mq").length);
    expect(calendar.upstream).toHaveLength(kinds.filter((kind) => kind === "upstream").length);
    expect(calendar.instanceTypes.filter((row) => row.endOfSupport)).toHaveLength(
      kinds.filter((kind) => kind === "instance-type").length,
    );
    expect(data.records).toHaveLength(35);
  });

  it.each([
    ["ACTIVEMQ", "5.15", "2024-09-16", "2017-11-28", "5.16"],
    ["ACTIVEMQ", "5.16", "2024-11-15", "2021-06-07", "5.17"],
    ["ACTIVEMQ", "5.17", "2025-06-16", "2022-08-17", "5.18"],
    ["ACTIVEMQ", "5.18", null, "2024-07-25", "5.19"],
    ["ACTIVEMQ", "5.19", null, "2026-02-19", null],
    ["RABBITMQ", "3.9", "2024-09-16", "2022-02-14", "3.10"],
    ["RABBITMQ", "3.10", "2024-10-15", "2022-11-14", "3.11"],
    ["RABBITMQ", "3.11", "2025-02-17", "2023-07-27", "3.12"],
    ["RABBITMQ", "3.12", "2025-03-17", "2024-05-09", "3.13"],
    ["RABBITMQ", "3.13", null, "2024-07-02", "4.2"],
    ["RABBITMQ", "4.2", null, "2025-11-20", "4.3"],
    ["RABBITMQ", "4.3", null, "2026-09-09", null],
  ])("knows %s %s: end %s, offered since %s, next %s", (engine, line, endOfSupport, offeredSince, nextLine) => {
    expect(findEngineLine(calendar, engine, line)).toMatchObject({
      endOfSupport,
      offeredSince,
      nextLine,
      verified: true,
      endAnnounced: endOfSupport !== null,
    });
  });

  it("keeps RabbitMQ 3.8 unverified and undated: it is in no calendar of AWS", () => {
    expect(findEngineLine(calendar, "RABBITMQ", "3.8")).toMatchObject({
      endOfSupport: null,
      endAnnounced: null,
      verified: false,
      creatable: false,
    });
  });

  it("has no line that Amazon MQ never offered", () => {
    for (const [engine, line] of [
      ["ACTIVEMQ", "6.1"],
      ["RABBITMQ", "4.0"],
      ["RABBITMQ", "4.1"],
    ] as const) {
      expect(findEngineLine(calendar, engine, line)).toBeUndefined();
    }
  });

  it("says of each row where it comes from and when that was read", () => {
    for (const row of [...calendar.engineLines, ...calendar.instanceTypes, ...calendar.upstream]) {
      expect(row.source).not.toBe("");
      expect(row.checkedOn >= "2025-09-30" && row.checkedOn <= "2026-11-21").toBe(true);
    }
  });

  it("sorts lines by number, not by text", () => {
    expect(linesOfEngine(calendar, "RABBITMQ").map((row) => row.line)).toEqual([
      "3.8",
      "3.9",
      "3.10",
      "3.11",
      "3.12",
      "3.13",
      "4.2",
      "4.3",
    ]);
  });

  it("dates mq.t3.micro for RabbitMQ alone", () => {
    expect(findInstanceType(calendar, "RABBITMQ", "mq.t3.micro")).toMatchObject({
      endOfSupport: "2026-10-01",
      creatable: false,
    });
    expect(findInstanceType(calendar, "ACTIVEMQ", "mq.t3.micro")).toMatchObject({
      endOfSupport: null,
      creatable: true,
    });
    expect(findInstanceType(calendar, "ACTIVEMQ", "mq.m4.large")).toMatchObject({
      endOfSupport: "2025-05-12",
      lastCreatableOn: "2025-03-17",
    });
  });

  it("keeps upstream end of life apart, the unverified one marked and last", () => {
    expect(upstreamLines(calendar, "RABBITMQ", "4.3").map((row) => [row.verified, row.endOfLife])).toEqual([
      [true, null],
      [false, "2026-11-30"],
    ]);
    expect(upstreamLines(calendar, "RABBITMQ", "3.13")[0]).toMatchObject({ endOfLife: "2024-09-17" });
  });
});

describe("overrideCalendar", () => {
  it("replaces a row, adds a line and leaves the shipped calendar as it was", () => {
    const shipped = findEngineLine(calendar, "RABBITMQ", "3.13");
    if (!shipped) throw new Error("row missing");
    const changed = {
      ...shipped,
      endOfSupport: parsePlainDate("2027-06-30"),
      endAnnounced: true,
      changedBy: "ann@example.com",
    };
    const added = { ...changed, line: "4.4" };
    const merged = overrideCalendar(calendar, { engineLines: [changed, added] });
    expect(findEngineLine(merged, "RABBITMQ", "3.13")?.endOfSupport).toBe("2027-06-30");
    expect(merged.engineLines).toHaveLength(calendar.engineLines.length + 1);
    expect(findEngineLine(calendar, "RABBITMQ", "3.13")?.endOfSupport).toBeNull();
  });
});
