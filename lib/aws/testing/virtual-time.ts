import type { Pace } from "../pace";

/** Time that passes only while nothing else can happen: tests of rate limits take milliseconds and are exact. */
export class VirtualTime implements Pace {
  #now = 0;
  #order = 0;
  #sleepers: { at: number; order: number; wake: () => void }[] = [];

  nowMs(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#order += 1;
      this.#sleepers.push({ at: this.#now + Math.max(0, ms), order: this.#order, wake });
    });
  }

  /** Moves on from sleeper to sleeper until the promise is settled. Rejects when nobody sleeps and it still is not. */
  async runUntil<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const watched = promise.finally(() => {
      settled = true;
    });
    watched.catch(() => undefined);
    for (;;) {
      // A turn of the event loop lets every promise that can go on do so.
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return watched;
      this.#sleepers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#sleepers.shift();
      if (!next) throw new Error("nobody sleeps, and the work is not done");
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}
