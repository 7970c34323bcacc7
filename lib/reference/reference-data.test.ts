import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ACTION_REQUIRED_CODES } from "./action-required-codes";
import { ADVISORIES } from "./advisories";
import { findOfferedVersion, OFFERED_VERSIONS, offeredVersionsOfLine } from "./engine-versions";
import { FOCUS_COLUMNS } from "./focus-columns";
import {
  findInstanceTypeOffer,
  INSTANCE_TYPES,
  instanceFamily,
  instanceTypesOf,
  isEvaluationSize,
} from "./instance-types";
import { MQ_METRICS } from "./metrics";
import { SHIPPED_PRICES } from "./prices";
import { findQuota, QUOTAS } from "./quotas";
import { openReferenceFile } from "./reference-row";
import { MQ_REGIONS } from "./regions";
import { findSizing, SIZINGS } from "./sizing";
import { SHIPPED_SUPPORT_CALENDAR } from "./support-calendar";

const folder = fileURLToPath(new URL("./data/", import.meta.url));

/** Rows and verified rows as they were collected: a row that is lost, or quietly promoted to verified, fails here. */
const COLLECTED: Readonly<Record<string, readonly [rows: number, verified: number]>> = {
  "action-required-codes.json": [15, 15],
  "advisories.json": [119, 118],
  "engine-versions.json": [45, 45],
  "focus-columns.json": [57, 57],
  "instance-types.json": [37, 37],
  "metrics.json": [78, 78],
  "prices.json": [786, 726],
  "quotas.json": [42, 38],
  "regions.json": [39, 38],
  "release-notes.json": [6, 6],
  "sizing.json": [65, 65],
  "version-calendar.json": [35, 33],
};

function readData(name: string): { rows: { source?: unknown; verified?: unknown }[]; text: string } {
  const text = readFileSync(`${folder}${name}`, "utf8");
  return { rows: JSON.parse(text).records, text };
}

describe("the shipped data files", () => {
  it("are the ones that were collected", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(COLLECTED).sort());
  });

  it.each(Object.entries(COLLECTED))(
    "%s keeps its rows, each with source and verified flag",
    (name, [rows, verified]) => {
      const data = readData(name);
      expect(data.rows).toHaveLength(rows);
      expect(data.rows.filter((row) => row.verified === true)).toHaveLength(verified);
      for (const row of data.rows) {
        expect(typeof row.verified).toBe("boolean");
        expect(typeof row.source === "string" && row.source.length > 3).toBe(true);
      }
    },
  );

  it.each(Object.keys(COLLECTED))("%s names no file of the machine it was collected on", (name) => {
    expect(readData(name).text).not.toMatch(
      /\bseeds?\/|seed \d{3}|[0-9a-f]{16}\.txt|\/(work|home|root|tmp)\/|facts\.md/,
    );
  });
});

describe("the typed tables", () => {
  it("hold as many rows as the files", () => {
    const tables: [readonly unknown[], string][] = [
      [ACTION_REQUIRED_CODES, "action-required-codes.json"],
      [ADVISORIES, "advisories.json"],
      [OFFERED_VERSIONS, "engine-versions.json"],
      [FOCUS_COLUMNS, "focus-columns.json"],
      [INSTANCE_TYPES, "instance-types.json"],
      [MQ_METRICS, "metrics.json"],
      [SHIPPED_PRICES.prices, "prices.json"],
      [QUOTAS, "quotas.json"],
      [MQ_REGIONS, "regions.json"],
      [SIZINGS, "sizing.json"],
    ];
    for (const [table, name] of tables) expect(table.length, name).toBe(COLLECTED[name]?.[0]);
  });

  it("agree about instance types: the calendar has every type of the table, with the same end", () => {
    for (const type of INSTANCE_TYPES) {
      const row = SHIPPED_SUPPORT_CALENDAR.instanceTypes.find(
        (r) => r.engine === type.engine && r.instanceType === type.instanceType,
      );
      expect(row?.endOfSupport, type.instanceType).toBe(type.endOfSupport);
    }
  });

  it("agree about lines: every line of the calendar was offered, and every offered line is in the calendar", () => {
    const offered = OFFERED_VERSIONS.filter((row) => row.kind !== "never-offered").map(
      (row) => `${row.engine} ${row.line}`,
    );
    const calendar = SHIPPED_SUPPORT_CALENDAR.engineLines.map((row) => `${row.engine} ${row.line}`);
    expect([...new Set(offered)].sort()).toEqual([...calendar].sort());
  });
});

describe("offered versions", () => {
  it.each([
    ["RABBITMQ", "3.13.7", "3.13", "2024-07-02"],
    ["RABBITMQ", "3.13", "3.13", "2024-07-02"],
    ["ACTIVEMQ", "5.17.6", "5.17.6", "2023-10-26"],
    ["RABBITMQ", "3.10.17", "3.10.17", "2023-03-01"],
  ])("%s %s is covered by the row of %s, offered on %s", (engine, version, row, firstOfferedOn) => {
    expect(findOfferedVersion(engine, version)).toMatchObject({ version: row, firstOfferedOn });
  });

  it.each([
    ["RABBITMQ", "4.1"],
    ["ACTIVEMQ", "6.1.0"],
    ["ACTIVEMQ", "5.17.99"],
    ["ACTIVEMQ", "x"],
  ])("%s %s was not offered", (engine, version) => {
    expect(findOfferedVersion(engine, version)).toBeUndefined();
  });

  it("marks the version that AWS took back", () => {
    expect(
      offeredVersionsOfLine("RABBITMQ", "3.10")
        .filter((row) => row.retracted)
        .map((row) => row.version),
    ).toEqual(["3.10.17"]);
  });
});

describe("instance types, sizes and quotas", () => {
  it("know nodes, disk and engine bounds by deployment mode", () => {
    expect(findInstanceTypeOffer("RABBITMQ", "mq.m7g.large", "CLUSTER_MULTI_AZ")).toMatchObject({
      nodes: 3,
      diskGbPerNodeDefault: 15,
    });
    expect(findInstanceTypeOffer("RABBITMQ", "mq.m7g.large", "SINGLE_INSTANCE")).toMatchObject({
      nodes: 1,
      diskGbPerNodeDefault: 200,
    });
    expect(findInstanceTypeOffer("RABBITMQ", "mq.m5.large", "CLUSTER_MULTI_AZ")).toMatchObject({
      maxEngineLine: "3.13",
    });
    expect(findInstanceTypeOffer("ACTIVEMQ", "mq.m5.large", "ACTIVE_STANDBY_MULTI_AZ")).toMatchObject({
      nodes: 2,
      storageTypes: ["EFS"],
    });
    expect(findInstanceTypeOffer("ACTIVEMQ", "mq.m4.large", "SINGLE_INSTANCE")).toMatchObject({
      recommendedUse: "retired",
    });
    expect(findInstanceTypeOffer("ACTIVEMQ", "mq.m7g.large", "SINGLE_INSTANCE")).toBeUndefined();
    expect(instanceTypesOf("RABBITMQ", "CLUSTER_MULTI_AZ").every((row) => row.nodes === 3)).toBe(true);
  });

  it("tell evaluation sizes from production ones, and say when they do not know", () => {
    expect(isEvaluationSize("ACTIVEMQ", "mq.t3.micro")).toBe(true);
    expect(isEvaluationSize("RABBITMQ", "mq.m7g.medium")).toBe(true);
    expect(isEvaluationSize("RABBITMQ", "mq.m5.large")).toBe(false);
    expect(isEvaluationSize("RABBITMQ", "mq.z9.large")).toBeNull();
    expect(instanceFamily("mq.m7g.16xlarge")).toBe("mq.m7g");
    expect(instanceFamily("m7g.large")).toBeUndefined();
  });

  it("keep limits that are ranges as text and unpublished ones as unknown", () => {
    expect(findQuota("mq_api_rate")).toMatchObject({ value: 15 });
    expect(findQuota("broker_name_length")).toMatchObject({ value: null, text: "1-50" });
    expect(findQuota("ce_rate_limit")).toMatchObject({ value: null, text: null, verified: false });
    expect(findSizing("maximum", "mq.m7g.medium", "SINGLE_INSTANCE")).toMatchObject({
      connectionsPerNode: 300,
      channelsPerNode: 900,
    });
    expect(findSizing("maximum", "mq.t3.micro", "CLUSTER_MULTI_AZ")).toBeUndefined();
  });
});

describe("openReferenceFile", () => {
  const good = {
    collected_on: "2026-11-20",
    record_count: 1,
    records: [{ source: "s", verified: true, n: 1, t: "x", d: "2026-02-30" }],
  };

  it("refuses a file that was cut", () => {
    expect(() => openReferenceFile("x", { ...good, record_count: 2 })).toThrow("x: 1 rows, 2 announced");
    expect(() => openReferenceFile("x", { ...good, records: [], record_count: 0 })).toThrow(/0 rows/);
    expect(() => openReferenceFile("x", null)).toThrow(/not an object/);
  });

  it("names file, row and field of a value of the wrong type", () => {
    const [row] = openReferenceFile("x", good).rows;
    expect(() => row?.text("n")).toThrow("reference data x row 0: n is not a text: 1");
    expect(() => row?.number("t")).toThrow(/t is not a number/);
    expect(() => row?.date("d")).toThrow(/d is not a date/);
    expect(() => row?.flag("t")).toThrow(/true or false/);
    expect(() => row?.oneOf("t", ["y", "z"])).toThrow(/one of y, z/);
    expect(() => row?.optionalDecimal("n")).toThrow(/n is not a text/);
  });
});
