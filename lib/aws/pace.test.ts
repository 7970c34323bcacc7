import { describe, expect, it } from "vitest";
import { mutableWallClock } from "@/lib/domain/clock";
import { createPace } from "./pace";

describe("the pace of a gateway", () => {
  it("is the wall's by default", async () => {
    const wall = mutableWallClock("2026-11-21T00:00:00Z");
    const slept: number[] = [];
    const pace = createPace({ wall, sleep: async (ms) => void slept.push(ms) });
    wall.advanceMs(1_500);
    expect(pace.nowMs()).toBe(1_500);
    await pace.sleep(200);
    expect(slept).toEqual([200]);
  });

  it("runs ahead of the wall in the demo, and waits shorter", async () => {
    const wall = mutableWallClock("2026-11-21T00:00:00Z");
    const slept: number[] = [];
    const pace = createPace({ wall, timeScale: 100, sleep: async (ms) => void slept.push(ms) });
    wall.advanceMs(10);
    expect(pace.nowMs()).toBe(1_000);
    await pace.sleep(1_000);
    expect(slept).toEqual([10]);
  });

  it("never jumps when the scale changes", () => {
    const wall = mutableWallClock("2026-11-21T00:00:00Z");
    let timeScale = 10;
    const pace = createPace({ wall, timeScale: () => timeScale });
    wall.advanceMs(100);
    expect(pace.nowMs()).toBe(1_000);
    timeScale = 1;
    // The scale is read at each look: this stretch still ran at the old one.
    wall.advanceMs(100);
    expect(pace.nowMs()).toBe(2_000);
    wall.advanceMs(100);
    expect(pace.nowMs()).toBe(2_100);
  });
});
