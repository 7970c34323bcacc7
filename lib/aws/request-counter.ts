import type { RequestCounts } from "./gateway";
import type { AwsService } from "./service";

interface Counts {
  requests: number;
  retries: number;
  throttled: number;
  billableUnits: number;
}

/**
 * Counts the requests of one session. `requests` has every attempt that was sent, `retries` those that were not the first. `billableUnits` are
 * what AWS charges for, counted when it has answered: a Cost Explorer request, a metric asked of CloudWatch. Roles are assumed outside any
 * session and not counted.
 */
export class RequestCounter {
  readonly #counts = new Map<AwsService, Counts>();

  sent(service: AwsService, isRetry: boolean): void {
    const counts = this.#of(service);
    counts.requests += 1;
    if (isRetry) counts.retries += 1;
  }

  throttled(service: AwsService): void {
    this.#of(service).throttled += 1;
  }

  billed(service: AwsService, units: number): void {
    this.#of(service).billableUnits += units;
  }

  snapshot(): RequestCounts {
    return Object.fromEntries([...this.#counts].map(([service, counts]) => [service, { ...counts }]));
  }

  #of(service: AwsService): Counts {
    const counts = this.#counts.get(service) ?? { requests: 0, retries: 0, throttled: 0, billableUnits: 0 };
    this.#counts.set(service, counts);
    return counts;
  }
}
