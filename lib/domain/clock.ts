import { AppError } from "./errors";

/**
 * The only module that reads the system clock (a test greps for it). Everything else takes a clock or an instant as a value,
 * so the whole pipeline can be run "as of" any day.
 */
export interface Clock {
  /** The current instant, as a new Date that the caller owns. */
  now(): Date;
}

/** The time the business lives in: observations, episodes, KPIs, reports. It can be moved in demo and test mode. */
export interface BusinessClock extends Clock {
  readonly kind: "business";
}

/** The time of the machine: sessions, signatures, the queue, rate limits. Never moved; not accepted where a business clock is asked for. */
export interface WallClock extends Clock {
  readonly kind: "wall";
  /** Milliseconds from an arbitrary origin that never jump back, for durations and rate limits. */
  monotonicMs(): number;
}

/** A business clock that stands still until it is moved. */
export interface MutableClock extends BusinessClock {
  set(instant: Date | string): void;
  advanceMs(ms: number): void;
}

/** A wall clock under a test's control: `advanceMs` moves both the instant and the monotonic time, `set` (a clock step) only the instant. */
export interface MutableWallClock extends WallClock {
  set(instant: Date | string): void;
  advanceMs(ms: number): void;
}

/** Business time equal to machine time: production. */
export const systemClock: BusinessClock = { kind: "business", now: () => new Date() };

/** The machine's time. */
export const wallClock: WallClock = { kind: "wall", now: () => new Date(), monotonicMs: () => performance.now() };

/** A business clock that always answers the same instant (a Date or an ISO text with zone). Throws invalid-input on a date that is none. */
export function fixedClock(instant: Date | string): BusinessClock {
  const ms = toEpochMs(instant);
  return { kind: "business", now: () => new Date(ms) };
}

/** A business clock for tests and for the demo's history. */
export function mutableClock(start: Date | string): MutableClock {
  const cell = new InstantCell(start);
  return { kind: "business", now: () => cell.now(), set: (i) => cell.set(i), advanceMs: (ms) => cell.advance(ms) };
}

/**
 * A business clock that runs along with another, shifted by `offsetMs` (positive = ahead). A function is asked at every reading,
 * for an offset that lives elsewhere (the demo's row in the database).
 */
export function offsetClock(base: Clock, offsetMs: number | (() => number)): BusinessClock {
  const offset = typeof offsetMs === "function" ? offsetMs : () => offsetMs;
  return { kind: "business", now: () => new Date(toEpochMs(new Date(base.now().getTime() + offset()))) };
}

/** A wall clock for tests of rate limits, sessions and timeouts. */
export function mutableWallClock(start: Date | string): MutableWallClock {
  const cell = new InstantCell(start);
  let monotonic = 0;
  return {
    kind: "wall",
    now: () => cell.now(),
    monotonicMs: () => monotonic,
    set: (instant) => cell.set(instant),
    advanceMs: (ms) => {
      if (!(ms >= 0)) throw new AppError("invalid-input", "a wall clock advances by zero or more milliseconds");
      cell.advance(ms);
      monotonic += ms;
    },
  };
}

class InstantCell {
  #ms: number;

  constructor(start: Date | string) {
    this.#ms = toEpochMs(start);
  }

  now(): Date {
    return new Date(this.#ms);
  }

  set(instant: Date | string): void {
    this.#ms = toEpochMs(instant);
  }

  advance(ms: number): void {
    this.#ms = toEpochMs(new Date(this.#ms + ms));
  }
}

/** ISO texts must name their zone: without one JavaScript reads them in the machine's zone, which is nobody's business time. */
const ZONED_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

function toEpochMs(instant: Date | string): number {
  if (typeof instant === "string" && !ZONED_INSTANT.test(instant)) {
    throw new AppError(
      "invalid-input",
      `an instant is written like 2026-11-21T00:00:00Z, not ${JSON.stringify(instant)}`,
    );
  }
  const ms = typeof instant === "string" ? Date.parse(instant) : instant.getTime();
  if (Number.isNaN(ms)) throw new AppError("invalid-input", `not an instant: ${String(instant)}`);
  return ms;
}
