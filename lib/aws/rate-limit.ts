import type { Pace } from "./pace";

export interface RateLimit {
  /** Requests per second in the long run; Infinity switches the bucket off. */
  ratePerSecond: number;
  /** Requests that may go at once after a rest. */
  burst: number;
  /** Requests under way at one time. */
  maxInFlight: number;
  /** AWS counts each region by itself. Default: all regions of an account together. */
  perRegion?: boolean;
}

/**
 * Just under what AWS allows per account. Amazon MQ: 15 requests/s, burst 100, over all operations and regions together (Amazon MQ developer
 * guide, quotas). The rate of Cost Explorer is not published; CloudWatch's GetMetricData is quoted with 50/s at the least. Amazon EC2 refills
 * 20 describing requests/s per region (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html), which others need, too.
 */
export const DEFAULT_RATE_LIMITS = {
  mq: { ratePerSecond: 14.5, burst: 95, maxInFlight: 32 },
  ce: { ratePerSecond: 5, burst: 5, maxInFlight: 2 },
  cloudwatch: { ratePerSecond: 45, burst: 45, maxInFlight: 8 },
  organizations: { ratePerSecond: 4, burst: 4, maxInFlight: 2 },
  sts: { ratePerSecond: 50, burst: 50, maxInFlight: 8 },
  ec2: { ratePerSecond: 5, burst: 10, maxInFlight: 4, perRegion: true },
  health: { ratePerSecond: 4, burst: 4, maxInFlight: 1 },
  pricing: { ratePerSecond: 4, burst: 4, maxInFlight: 1 },
  // LookupEvents: two requests per second, account and region, said plainly (CloudTrail API reference).
  cloudtrail: { ratePerSecond: 1.9, burst: 2, maxInFlight: 1, perRegion: true },
} as const satisfies Record<string, RateLimit>;

/** A throttled burst tells one thing once: answers that come within this time of a cut do not cut again. */
const CUT_INTERVAL_MS = 1_000;
/** Share of the full rate that comes back per second without throttling. */
const RECOVERY_PER_SECOND = 0.05;
/** Share of the full rate below which throttling does not push. */
const FLOOR = 0.05;

/**
 * A token bucket that gives way: when AWS throttles, it is emptied and its rate halved; then the rate grows back by a twentieth of the full one
 * per second. Somebody else using the same account is thereby left room, as AWS's bucket is per account and not per caller. First come,
 * first served; a caller holds its place in `maxInFlight` until it releases.
 */
export class AdaptiveLimiter {
  readonly #limit: RateLimit;
  readonly #pace: Pace;
  #tokens: number;
  #rate: number;
  #at: number;
  #lastCutAt = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  #waiting: (() => void)[] = [];
  #head = 0;
  #timerSet = false;

  constructor(limit: RateLimit, pace: Pace) {
    this.#limit = limit;
    this.#pace = pace;
    this.#tokens = limit.burst;
    this.#rate = limit.ratePerSecond;
    this.#at = pace.nowMs();
  }

  /** Requests per second at present, for logs and tests. */
  get currentRate(): number {
    this.#refill();
    return this.#rate;
  }

  /** Waits for a token and a free place. Every acquire must be followed by one release. */
  acquire(): Promise<void> {
    if (this.#head === this.#waiting.length && this.#take()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  release(): void {
    this.#inFlight -= 1;
    this.#serve();
  }

  /** AWS answered that there were too many requests. */
  throttled(): void {
    this.#refill();
    this.#tokens = 0;
    const now = this.#at;
    if (now - this.#lastCutAt < CUT_INTERVAL_MS || !Number.isFinite(this.#rate)) return;
    this.#lastCutAt = now;
    this.#rate = Math.max(this.#rate / 2, this.#limit.ratePerSecond * FLOOR);
  }

  #take(): boolean {
    if (this.#inFlight >= this.#limit.maxInFlight) return false;
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    this.#inFlight += 1;
    return true;
  }

  #refill(): void {
    const now = this.#pace.nowMs();
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    const full = this.#limit.ratePerSecond;
    if (!Number.isFinite(full)) {
      this.#tokens = Number.POSITIVE_INFINITY;
      return;
    }
    // The rate grew on the way, so its mean over the time counts.
    const grown = Math.min(full, this.#rate + full * RECOVERY_PER_SECOND * seconds);
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + ((this.#rate + grown) / 2) * seconds);
    this.#rate = grown;
  }

  #serve(): void {
    while (this.#head < this.#waiting.length && this.#take()) {
      const next = this.#waiting[this.#head];
      this.#head += 1;
      if (this.#head > 1_000) {
        this.#waiting = this.#waiting.slice(this.#head);
        this.#head = 0;
      }
      next?.();
    }
    const waitsForToken = this.#head < this.#waiting.length && this.#inFlight < this.#limit.maxInFlight;
    if (!waitsForToken || this.#timerSet) return;
    this.#timerSet = true;
    const waitMs = Math.max(1, Math.ceil(((1 - this.#tokens) / this.#rate) * 1000));
    void this.#pace.sleep(waitMs).then(() => {
      this.#timerSet = false;
      this.#serve();
    });
  }
}
