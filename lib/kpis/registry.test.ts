import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CUT_DIMENSIONS, splitFleet } from "@/lib/kpis/cut-fleet";
import { findKpi, KPIS } from "@/lib/kpis/registry";
import { buildFleet, buildLargeFleet } from "@/lib/testing/build-fleet";

const NOT_KPIS = [
  "define-kpi.ts",
  "registry.ts",
  "kpi-scope.ts",
  "kpi-period.ts",
  "cut-fleet.ts",
  "group-by.ts",
  "distribution.ts",
  "remediation-time.ts",
  "deadline-share.ts",
  "brokers-by-cost.ts",
  "register-basis.ts",
  "incident-count.ts",
  "money-by-currency.ts",
];
const files = readdirSync(dirname(fileURLToPath(import.meta.url)));

describe("KPI registry", () => {
  it("lists exactly the KPIs of the folder, each under its own id, with a test beside it", () => {
    const onDisk = files.filter((file) => !file.endsWith(".test.ts") && !NOT_KPIS.includes(file));
    expect(KPIS.map(({ id }) => `${id}.ts`).sort()).toEqual(onDisk.sort());
    expect(files).toEqual(expect.arrayContaining(KPIS.map(({ id }) => `${id}.test.ts`)));
    expect(findKpi("ha-coverage")?.unit).toBe("percent");
    expect(findKpi("uptime")).toBeUndefined();
  });
});

describe.each(KPIS.map((kpi) => [kpi.id, kpi] as const))("%s", (_, kpi) => {
  it("gives no figure, but the reason, before the first sync", () => {
    const values = kpi.compute(buildFleet([], { everSynced: false }));
    expect(values.length).toBeGreaterThan(0);
    for (const { value, unavailable } of values) {
      expect({ value, unavailable }).toEqual({ value: null, unavailable: "No sync has been completed yet." });
    }
  });

  it("gives no figure, but the reason, for a fleet without brokers", () => {
    const values = kpi.compute(buildFleet());
    expect(values.length).toBeGreaterThan(0);
    for (const { value, numerator, denominator, unavailable } of values) {
      expect([value, numerator, denominator]).toEqual([null, null, null]);
      expect(unavailable).toMatch(/^[A-Z].+\.$/);
    }
  });

  it("adds up: the numerators and denominators of a dimension's keys are those of the whole", () => {
    const fleet = buildLargeFleet(400);
    // Costs are read per cut, and a median or a month's change is no sum.
    if (kpi.unit === "money-per-month" || kpi.id === "cost-change") return;
    for (const dimension of CUT_DIMENSIONS) {
      const parts = [...splitFleet(fleet, dimension).values()].map((part) => kpi.compute(part));
      kpi.compute(fleet).forEach((whole) => {
        const sum = (field: "numerator" | "denominator") =>
          parts.reduce(
            (total, values) => total + Number(values.find(({ series }) => series === whole.series)?.[field] ?? 0),
            0,
          );
        expect(sum("denominator")).toBe(Number(whole.denominator));
        expect(sum("numerator")).toBeCloseTo(Number(whole.numerator), 6);
      });
    }
  });

  it("names exactly the things that it counts", () => {
    const fleet = buildLargeFleet(400);
    const contributors = kpi.contributors(fleet);
    // Weighed things (money, minutes) are summed, not counted.
    const counted = kpi.unit === "percent" && kpi.id !== "cost-change";
    for (const value of kpi.compute(fleet)) {
      const mine = contributors.filter(({ series }) => series === value.series);
      const count = (...groups: string[]) => mine.filter(({ group }) => groups.includes(group)).length;
      if (counted && value.denominator !== null) {
        expect(count("numerator")).toBe(Number(value.numerator));
        expect(count("numerator", "not-in-numerator", "unknown")).toBe(Number(value.denominator));
        expect(count("unknown")).toBe(value.unknowns);
        expect(count("excluded")).toBe(value.exclusions.reduce((sum, exclusion) => sum + exclusion.count, 0));
      } else if (kpi.unit === "days") {
        expect(count("numerator")).toBe(Number(value.denominator));
      } else if (kpi.unit === "count") {
        expect(count("numerator")).toBe(Number(value.numerator));
      }
      // What a figure says it left out is the list under "Left out".
      if (value.value !== null)
        expect(count("excluded")).toBe(value.exclusions.reduce((sum, exclusion) => sum + exclusion.count, 0));
    }
  });

  it("explains itself", () => {
    expect(kpi.definition.length).toBeGreaterThan(80);
    expect(kpi.source).toMatch(/^Seeds? 00\d/);
  });
});
