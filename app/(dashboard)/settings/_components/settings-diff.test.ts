import { describe, expect, it } from "vitest";
import type { Settings } from "@/lib/contracts/settings";
import { DEFAULT_SETTINGS } from "@/lib/services/current-settings";
import { settingsDiff } from "./settings-diff";

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  environmentKeys: ["environment", "env"],
  environmentValues: { prod: "production", dev: "development" },
  ownerPlaceholders: ["tbd"],
};

describe("settingsDiff", () => {
  it("finds nothing where nothing changes, however the value map is ordered", () => {
    expect(
      settingsDiff(settings, { ...settings, environmentValues: { dev: "development", prod: "production" } }),
    ).toEqual([]);
    expect(settingsDiff(settings, {})).toEqual([]);
  });

  it("sees that the order of keys matters", () => {
    const [first, ...rest] = settingsDiff(settings, { environmentKeys: ["env", "environment"] });
    expect(first).toMatchObject({ key: "environmentKeys", before: "environment, env", after: "env, environment" });
    expect(rest).toEqual([]);
  });

  it("names every change with what follows from it", () => {
    const changes = settingsDiff(settings, {
      unclassifiedAsProduction: false,
      fiscalYearStartMonth: 4,
      ownerPlaceholders: [],
    });
    expect(changes.map(({ key, before, after }) => [key, before, after])).toEqual([
      ["unclassifiedAsProduction", "Yes", "No"],
      ["ownerPlaceholders", "tbd", "none"],
      ["fiscalYearStartMonth", "January", "April"],
    ]);
    expect(changes.every(({ effect }) => effect.length > 0)).toBe(true);
  });
});
