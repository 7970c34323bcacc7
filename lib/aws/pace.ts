import type { WallClock } from "@/lib/domain/clock";

/** Time as rate limits and waits see it: milliseconds that never jump back, and a sleep counted in them. */
export interface Pace {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

export interface PaceOptions {
  wall: WallClock;
  /** Simulated seconds per second of the wall: the demo plays months in a minute, and the simulator throttles in simulated time. Default 1. */
  timeScale?: number | (() => number);
  /** Waits in wall milliseconds; for tests. */
  sleep?: (ms: number) => Promise<void>;
}

/** The pace of a gateway. A scale that changes applies from then on: time already passed keeps its length. */
export function createPace(options: PaceOptions): Pace {
  const { wall } = options;
  const scaleNow = () =>
    positive(typeof options.timeScale === "function" ? options.timeScale() : (options.timeScale ?? 1));
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  let scale = scaleNow();
  let lastWall = wall.monotonicMs();
  let simulated = 0;
  return {
    nowMs() {
      const now = wall.monotonicMs();
      simulated += (now - lastWall) * scale;
      lastWall = now;
      scale = scaleNow();
      return simulated;
    },
    sleep: (ms) => sleep(ms / scaleNow()),
  };
}

function positive(scale: number): number {
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}
