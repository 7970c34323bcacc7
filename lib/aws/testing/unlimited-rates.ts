import { DEFAULT_RATE_LIMITS, type RateLimit } from "../rate-limit";
import type { AwsService } from "../service";

const UNLIMITED: RateLimit = { ratePerSecond: Number.POSITIVE_INFINITY, burst: 1, maxInFlight: 64 };

/** Rate limits of every AWS service for endpoints that have none: tests then wait for nobody. */
export const UNLIMITED_RATES: Partial<Record<AwsService, RateLimit>> = Object.fromEntries(
  Object.keys(DEFAULT_RATE_LIMITS).map((service) => [service, UNLIMITED]),
);
