import type { WallClock } from "@/lib/domain/clock";
import type { HttpAnswer } from "./http-handler";

/** A clock further off than this makes AWS refuse the signature (it allows five minutes). */
const SKEW_LIMIT_MS = 4 * 60_000;

/** AWS's clock as far as it matters for signatures: our own, until it was seen to be too far off to be believed. */
export class ServerClock {
  readonly #wall: WallClock;
  /** How far AWS's clock is ahead of ours. */
  #offsetMs = 0;

  constructor(wall: WallClock) {
    this.#wall = wall;
  }

  /** The instant to sign with. */
  now(): Date {
    return new Date(this.#wall.now().getTime() + this.#offsetMs);
  }

  /** Takes over AWS's clock from a refusal; true when that changed something, so that asking again is worth it. */
  correct({ statusCode, headers }: Pick<HttpAnswer, "statusCode" | "headers">): boolean {
    const theirs = Date.parse(headers.date ?? "");
    if (statusCode !== 403 || Number.isNaN(theirs)) return false;
    const offset = theirs - this.#wall.now().getTime();
    if (Math.abs(offset - this.#offsetMs) < SKEW_LIMIT_MS) return false;
    this.#offsetMs = offset;
    return true;
  }
}
