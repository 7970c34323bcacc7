import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type BusinessClock,
  fixedClock,
  mutableClock,
  mutableWallClock,
  offsetClock,
  systemClock,
  type WallClock,
  wallClock,
} from "./clock";

describe("business clocks", () => {
  it("stand still when fixed, and hand out dates that nobody else can change", () => {
    const clock = fixedClock("2026-11-21T08:00:00Z");
    clock.now().setUTCFullYear(1999);
    expect(clock.now().toISOString()).toBe("2026-11-21T08:00:00.000Z");
  });

  it("do not follow a Date that is changed after they were built", () => {
    const start = new Date("2026-11-21T08:00:00Z");
    const clock = mutableClock(start);
    start.setUTCFullYear(1999);
    expect(clock.now().getUTCFullYear()).toBe(2026);
  });

  it("move when told to", () => {
    const clock = mutableClock("2026-02-28T23:59:59Z");
    clock.advanceMs(1000);
    expect(clock.now().toISOString()).toBe("2026-03-01T00:00:00.000Z");
    clock.set("2025-01-01T00:00:00+13:00");
    expect(clock.now().toISOString()).toBe("2024-12-31T11:00:00.000Z");
  });

  it("run ahead or behind by an offset that may change", () => {
    const base = mutableClock("2026-11-21T00:00:00Z");
    let offset = -86_400_000;
    const clock = offsetClock(base, () => offset);
    expect(clock.now().toISOString()).toBe("2026-11-20T00:00:00.000Z");
    base.advanceMs(60_000);
    expect(clock.now().toISOString()).toBe("2026-11-20T00:01:00.000Z");
    offset = 1000;
    expect(clock.now().toISOString()).toBe("2026-11-21T00:01:01.000Z");
    expect(offsetClock(base, 500).now().toISOString()).toBe("2026-11-21T00:01:00.500Z");
  });

  it.each([["2026-11-21"], ["2026-11-21T00:00:00"], ["2026-13-01T00:00:00Z"], ["now"], [""], [new Date(Number.NaN)]])(
    "refuse %s, which is no instant in a named zone",
    (bad) => {
      expect(() => fixedClock(bad)).toThrow(/instant/);
      expect(() => mutableClock("2026-01-01T00:00:00Z").set(bad)).toThrow(/instant/);
    },
  );

  it("refuse an offset that leads nowhere", () => {
    expect(() => offsetClock(systemClock, Number.NaN).now()).toThrow(/instant/);
  });

  it("agree with the machine in production", () => {
    const before = Date.parse(systemClock.now().toISOString());
    expect(wallClock.now().getTime()).toBeGreaterThanOrEqual(before);
    expect(wallClock.now().getTime() - before).toBeLessThan(5000);
  });
});

describe("wall clocks", () => {
  it("keep monotonic time through a clock step", () => {
    const clock = mutableWallClock("2026-11-21T00:00:00Z");
    clock.advanceMs(250);
    clock.set("2020-01-01T00:00:00Z");
    expect(clock.monotonicMs()).toBe(250);
    expect(clock.now().getUTCFullYear()).toBe(2020);
    expect(() => clock.advanceMs(-1)).toThrow(/zero or more/);
  });

  it("never run backwards", () => {
    const first = wallClock.monotonicMs();
    expect(wallClock.monotonicMs()).toBeGreaterThanOrEqual(first);
  });

  it("cannot be passed where a business clock is asked for, nor the other way round", () => {
    expectTypeOf<WallClock>().not.toMatchTypeOf<BusinessClock>();
    expectTypeOf<BusinessClock>().not.toMatchTypeOf<WallClock>();
  });
});

describe("the system clock", () => {
  it("is read in lib/domain/clock.ts and nowhere else in the product", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const offenders = ["lib", "app", "components"]
      .flatMap((folder) => sourceFiles(join(root, folder)))
      .filter((file) => readsSystemClock(readFileSync(file, "utf8")))
      .map((file) => relative(root, file));
    expect(offenders).toEqual(["lib/domain/clock.ts"]);
  });

  it.each([
    ["const d = new Date();", true],
    ["const d = new Date ( )", true],
    ["const d = new Date;", true],
    ["Date.now()", true],
    ["const f = Date.now;", true],
    ["Date()", true],
    ["new Date(ms)", false],
    ["new Date('2026-01-01T00:00:00Z')", false],
    ["// why new Date() is wrong", false],
    ["/* Date.now() */ x", false],
    ["toDate()", false],
    ["PlainDate.now", false],
  ])("is found by the check in %s: %s", (source, expected) => {
    expect(readsSystemClock(source)).toBe(expected);
  });
});

function readsSystemClock(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/.*$/gm, "$1");
  return /\bnew Date\s*(\(\s*\)|[^\s(\w.])|(?<![\w.])Date\.now\b|(?<![\w.]|new )Date\(\s*\)/.test(code);
}

function sourceFiles(folder: string): string[] {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch {
    return []; // a folder that does not exist yet
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sourceFiles(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) && entry.name !== "clock.test.ts" ? [path] : [];
  });
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
