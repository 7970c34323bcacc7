import type { RetryAdvice } from "./failure";

export interface RetryPolicy {
  /** Attempts in all, by what went wrong. */
  attempts: Readonly<Record<Exclude<RetryAdvice, "no">, number>>;
  /** Upper bounds of the first wait, milliseconds; doubled each time. */
  firstWaitMs: Readonly<Record<Exclude<RetryAdvice, "no">, number>>;
  maxWaitMs: number;
}

/** A timeout has already cost half a minute, so it is tried once more only; throttling passes with patience. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: { throttle: 8, transient: 4, timeout: 2 },
  firstWaitMs: { throttle: 500, transient: 100, timeout: 100 },
  maxWaitMs: 8_000,
};

/**
 * Milliseconds to wait before attempt `attempt + 1` (attempts count from 1), or null when to give up. Full jitter: anywhere between zero and
 * the doubling bound, so that callers who failed together do not come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function retryDelayMs(
  policy: RetryPolicy,
  advice: RetryAdvice,
  attempt: number,
  random: () => number,
): number | null {
  if (advice === "no" || attempt >= policy.attempts[advice]) return null;
  const bound = Math.min(policy.maxWaitMs, policy.firstWaitMs[advice] * 2 ** (attempt - 1));
  return random() * bound;
}
