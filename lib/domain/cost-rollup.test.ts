import { describe, expect, it } from "vitest";
import { dimensionsOfLevel, ROLLUP_DIMENSIONS, ROLLUP_LEVELS, rollupLevelFor } from "@/lib/domain/cost-rollup";

describe("rollup levels", () => {
  it.each([
    [[], ""],
    [["engine"], "e"],
    [["environment", "engine"], "ev"],
    [["owner", "environment"], "vo"],
    [["account", "region", "engine", "environment"], "arev"],
    [["region", "engine", "environment"], "rev"],
    [["owner", "component"], "arevoc"],
    [["owner", "engine", "region"], "arevoc"],
  ] as const)("answers a question about %j from level %j", (dimensions, level) => {
    expect(rollupLevelFor(dimensions)).toBe(level);
  });

  it("keeps every dimension that is asked for, for every combination", () => {
    for (let mask = 0; mask < 2 ** ROLLUP_DIMENSIONS.length; mask += 1) {
      const asked = ROLLUP_DIMENSIONS.filter((_, index) => mask & (1 << index));
      expect(dimensionsOfLevel(rollupLevelFor(asked))).toEqual(expect.arrayContaining(asked));
    }
  });

  it("has each level once, the finest last", () => {
    expect(new Set(ROLLUP_LEVELS).size).toBe(ROLLUP_LEVELS.length);
    expect(dimensionsOfLevel(ROLLUP_LEVELS[ROLLUP_LEVELS.length - 1] ?? "")).toEqual(ROLLUP_DIMENSIONS);
  });
});
