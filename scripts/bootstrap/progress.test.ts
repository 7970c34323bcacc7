import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Progress } from "./progress.mjs";

let lines: string[];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  lines = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const write = (line: string) => void lines.push(line);

describe("Progress", () => {
  it("numbers the phases and tells the time that is left", () => {
    const progress = new Progress(["build", "database"], { write, seconds: { build: 8, database: 12 } });
    progress.begin("build");
    progress.begin("database");
    expect(lines).toEqual(["[1/2] Building the pages (about 20 s left)", "[2/2] Database (about 12 s left)"]);
  });

  it("gives a sign of life every five seconds, with the count there is", () => {
    const progress = new Progress(["install"], { write, seconds: { install: 60 } });
    progress.begin("install");
    progress.watch(() => "120 of 600 packages");
    vi.advanceTimersByTime(10_000);
    expect(lines.slice(1)).toEqual([
      "      5 s, 120 of 600 packages (about 1 min left)",
      "      10 s, 120 of 600 packages (about 50 s left)",
    ]);
  });

  it("allows more time on a machine that has been slower than usual", () => {
    const progress = new Progress(["install", "build"], { write, seconds: { install: 20, build: 60 } });
    progress.begin("install");
    vi.advanceTimersByTime(40_000);
    progress.begin("build");
    expect(lines.at(-1)).toBe("[2/2] Building the pages (about 2 min left)");
  });

  it("does not promise an end that it cannot know", () => {
    const progress = new Progress(["build"], { write, seconds: { build: 5 } });
    progress.begin("build");
    vi.advanceTimersByTime(15_000);
    expect(lines.at(-1)).toBe("      15 s (longer than usual)");
  });

  it("is silent after the end", () => {
    const progress = new Progress(["build"], { write });
    progress.begin("build");
    progress.finish();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });
});
