import { describe, expect, it } from "vitest";
import { AdaptiveLimiter, DEFAULT_RATE_LIMITS } from "./rate-limit";
import { VirtualTime } from "./testing/virtual-time";

/** AWS's own bucket for Amazon MQ: 15 requests/s, burst 100. */
class AwsBucket {
  #tokens = 100;
  #at = 0;

  take(nowMs: number): boolean {
    this.#tokens = Math.min(100, this.#tokens + ((nowMs - this.#at) / 1000) * 15);
    this.#at = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

async function request(limiter: AdaptiveLimiter, time: VirtualTime, latencyMs: number): Promise<void> {
  await limiter.acquire();
  await time.sleep(latencyMs);
  limiter.release();
}

describe("the limiter of an account and service", () => {
  for (const calls of [300, 1_000, 2_200]) {
    it(`sends ${calls} requests within 1.10 of the bound of AWS's limit and is never throttled`, async () => {
      const time = new VirtualTime();
      const limiter = new AdaptiveLimiter(DEFAULT_RATE_LIMITS.mq, time);
      const aws = new AwsBucket();
      let throttled = 0;
      await time.runUntil(
        Promise.all(
          Array.from({ length: calls }, async () => {
            await limiter.acquire();
            if (!aws.take(time.nowMs())) throttled += 1;
            await time.sleep(40);
            limiter.release();
          }),
        ),
      );
      expect(throttled).toBe(0);
      expect(time.nowMs() / 1000).toBeLessThanOrEqual((1.1 * (calls - 100)) / 15);
    });
  }

  it("never lets more requests be under way than it may", async () => {
    const time = new VirtualTime();
    const limiter = new AdaptiveLimiter({ ratePerSecond: 1_000, burst: 1_000, maxInFlight: 7 }, time);
    let underWay = 0;
    let most = 0;
    await time.runUntil(
      Promise.all(
        Array.from({ length: 100 }, async () => {
          await limiter.acquire();
          underWay += 1;
          most = Math.max(most, underWay);
          await time.sleep(10);
          underWay -= 1;
          limiter.release();
        }),
      ),
    );
    expect(most).toBe(7);
  });

  it("serves in the order of asking", async () => {
    const time = new VirtualTime();
    const limiter = new AdaptiveLimiter({ ratePerSecond: 10, burst: 1, maxInFlight: 3 }, time);
    const served: number[] = [];
    await time.runUntil(
      Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          await limiter.acquire();
          served.push(index);
          limiter.release();
        }),
      ),
    );
    expect(served).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it("halves its rate once per burst of throttling, empties its bucket, and recovers step by step", async () => {
    const time = new VirtualTime();
    const limiter = new AdaptiveLimiter({ ratePerSecond: 10, burst: 50, maxInFlight: 50 }, time);
    for (let answer = 0; answer < 16; answer += 1) limiter.throttled();
    expect(limiter.currentRate).toBe(5);
    await time.runUntil(request(limiter, time, 0));
    // The bucket was emptied: the next token took 1/5 s to come.
    expect(time.nowMs()).toBeGreaterThanOrEqual(190);
    await time.runUntil(time.sleep(5_000));
    expect(limiter.currentRate).toBeGreaterThan(7);
    expect(limiter.currentRate).toBeLessThan(10);
    await time.runUntil(time.sleep(20_000));
    expect(limiter.currentRate).toBe(10);
  });

  it("does not fall below a twentieth of its rate however long AWS throttles", async () => {
    const time = new VirtualTime();
    const limiter = new AdaptiveLimiter({ ratePerSecond: 10, burst: 10, maxInFlight: 10 }, time);
    for (let second = 0; second < 30; second += 1) {
      limiter.throttled();
      await time.runUntil(time.sleep(1_000));
    }
    expect(limiter.currentRate).toBeGreaterThanOrEqual(0.5);
    expect(limiter.currentRate).toBeLessThan(1.5);
  });

  it("shares the account with somebody who takes half of its limit, and gets through", async () => {
    const time = new VirtualTime();
    const limiter = new AdaptiveLimiter(DEFAULT_RATE_LIMITS.mq, time);
    const aws = new AwsBucket();
    let done = false;
    const other = (async () => {
      while (!done) {
        aws.take(time.nowMs());
        await time.sleep(1000 / 7.5);
      }
    })();
    let refused = 0;
    const ours = Promise.all(
      Array.from({ length: 400 }, async () => {
        for (;;) {
          await limiter.acquire();
          await time.sleep(20);
          const accepted = aws.take(time.nowMs());
          limiter.release();
          if (accepted) return;
          refused += 1;
          limiter.throttled();
          await time.sleep(200);
        }
      }),
    ).then(() => {
      done = true;
    });
    await time.runUntil(Promise.all([ours, other]));
    expect(refused).toBeLessThan(150);
    expect(time.nowMs() / 1000).toBeLessThan(120);
  });

  it("lets everything through at once when its rate is infinite", async () => {
    const time = new VirtualTime();
    const limiter = new AdaptiveLimiter(
      { ratePerSecond: Number.POSITIVE_INFINITY, burst: 1, maxInFlight: 1_000 },
      time,
    );
    await time.runUntil(Promise.all(Array.from({ length: 500 }, () => limiter.acquire())));
    expect(time.nowMs()).toBe(0);
  });
});
