/**
 * Simulated time. It stands at an instant and moves `rate` simulated seconds per wall second, or it follows the wall.
 * Throttling runs on it too, so that a history of hundreds of days can be played in a minute.
 */
export interface ClockSetting {
  /** ISO instant, or null for the live wall clock. */
  readonly asOf: string | null;
  /** Simulated seconds per wall second; 0 stops the clock. Only used with `asOf`. */
  readonly rate?: number;
}

export class SimulatedClock {
  private asOf: number | null = null;
  private rate = 1;
  private setAt = Date.now();

  constructor(setting?: ClockSetting) {
    if (setting) this.set(setting);
  }

  /** @throws Error when `asOf` is no instant or `rate` is negative. */
  set({ asOf, rate = 1 }: ClockSetting): void {
    const instant = asOf === null ? null : Date.parse(asOf);
    if (instant !== null && Number.isNaN(instant)) throw new Error(`not an instant: ${asOf}`);
    if (!Number.isFinite(rate) || rate < 0) throw new Error(`not a rate: ${rate}`);
    this.asOf = instant;
    this.rate = instant === null ? 1 : rate;
    this.setAt = Date.now();
  }

  /** Simulated instant in milliseconds. */
  now(): number {
    return this.asOf === null ? Date.now() : this.asOf + Math.floor((Date.now() - this.setAt) * this.rate);
  }

  /**
   * Simulated instant for rate limits. A stopped clock would never let anybody through again, so limits then run on
   * the wall clock, counted from the instant at which the clock stands.
   */
  throttleNow(): number {
    return this.asOf === null || this.rate > 0 ? this.now() : this.asOf + (Date.now() - this.setAt);
  }

  describe(): { asOf: string | null; rate: number; now: string } {
    return {
      asOf: this.asOf === null ? null : new Date(this.asOf).toISOString(),
      rate: this.rate,
      now: new Date(this.now()).toISOString(),
    };
  }
}
