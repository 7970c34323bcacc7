interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket per key: `perSecond` requests with bursts of `burst`, on whatever clock the caller passes. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    readonly perSecond: number,
    readonly burst: number,
  ) {}

  /** Takes one token; false when there is none. A clock that was set back or forward refills by the distance. */
  take(key: string, now: number): boolean {
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, at: now };
    bucket.tokens = Math.min(this.burst, bucket.tokens + (Math.abs(now - bucket.at) / 1000) * this.perSecond);
    bucket.at = now;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  reset(): void {
    this.buckets.clear();
  }
}

/** Services that count each region of an account by itself. */
export const countedByRegion: ReadonlySet<string> = new Set(["ec2", "cloudtrail"]);

/**
 * Limits by service, per account. Amazon MQ: 15 requests/s, burst 100, all operations and regions together
 * (Amazon MQ developer guide, quotas). CloudWatch and Cost Explorer publish none that a polite client would meet.
 */
export function bucketsByService(): ReadonlyMap<string, TokenBuckets> {
  return new Map([
    ["mq", new TokenBuckets(15, 100)],
    ["monitoring", new TokenBuckets(50, 500)],
    ["ce", new TokenBuckets(20, 200)],
    ["organizations", new TokenBuckets(20, 100)],
    ["sts", new TokenBuckets(100, 600)],
    ["health", new TokenBuckets(5, 20)],
    ["pricing", new TokenBuckets(10, 40)],
    ["sns", new TokenBuckets(300, 3_000)],
    // Described at 20/s with a burst of 100 in each region.
    ["ec2", new TokenBuckets(20, 100)],
    // LookupEvents: two per second in each region; the burst is not published.
    ["cloudtrail", new TokenBuckets(2, 20)],
  ]);
}
