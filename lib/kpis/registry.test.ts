import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CUT_DIMENSIONS, splitFleet } from "@/lib/kpis/cut-fleet";
import { findKpi, KPIS } from "@/lib/kpis/registry";
import { buildFleet, buildLargeFleet } from "@/lib/testing/build-fleet";

const NOT_KPIS = ["define-kpi.ts", "registry.ts", "kpi-scope.ts", "cut-fleet.ts", "group-by.ts"];
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
    if (kpi.unit === "money-per-month") return;
    for (const dimension of CUT_DIMENSIONS) {
      const parts = [...splitFleet(fleet, dimension).values()].map((part) => kpi.compute(part));
      kpi.compute(fleet).forEach((whole, index) => {
        const sum = (field: "numerator" | "denominator") =>
          parts.reduce((total, values) => total + Number(values[index]?.[field] ?? 0), 0);
        expect(sum("denominator")).toBe(Number(whole.denominator));
        expect(sum("numerator")).toBeCloseTo(Number(whole.numerator), 6);
      });
    }
  });

  it("explains itself", () => {
    expect(kpi.definition.length).toBeGreaterThan(80);
    expect(kpi.source).toMatch(/^Seeds? 00\d/);
  });
});
