import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "./failure";
import { resultOf } from "./source-result";

/** Requests of one region under way at one time: more than the rate limit can use, and fewer than the account's own bound. */
export const ITEMS_AT_ONCE = 16;

/** After so many failures in a row, with no success in between, the rest is not tried: it would fail the same way, only slower. */
const GIVE_UP_AFTER: Readonly<Record<AwsFailure["status"], number>> = {
  // A policy may allow some brokers and not others, by tag.
  denied: 25,
  failed: 8,
  unsupported: 1,
  "region-off": 1,
};

/** Failures that say nothing about the next item. */
const HARMLESS = new Set<string>(["aws-not-found", "aws-invalid-response"]);

/** Memory of one source of one region over several runs of a session, so that a dead endpoint is not tried anew with every slice. */
export class Breaker {
  #failuresInRow = 0;
  #stoppedBy: AwsFailure | undefined;

  /** Why nothing more is tried; undefined while it is worth trying. */
  get stoppedBy(): AwsFailure | undefined {
    return this.#stoppedBy;
  }

  succeeded(): void {
    this.#failuresInRow = 0;
  }

  failed(failure: AwsFailure): void {
    if (HARMLESS.has(failure.errorCode)) return;
    this.#failuresInRow += 1;
    const isHopeless = failure.errorCode === "aws-credentials" || failure.errorCode === "aws-assume-role-failed";
    if (isHopeless || this.#failuresInRow >= GIVE_UP_AFTER[failure.status]) this.#stoppedBy ??= failure;
  }
}

export interface RunItemsOptions<In, Out> {
  items: readonly In[];
  /** Name of an item in `failures`. */
  nameOf: (item: In) => string;
  /** Items under way at one time. */
  concurrency: number;
  read: (item: In) => Promise<Out>;
  breaker: Breaker;
  /** The failure a caught error stands for. */
  failureOf: (error: unknown) => Promise<AwsFailure>;
  onProgress?: ((done: number) => void) | undefined;
}

/**
 * Reads many items, several at a time, and tells what came of it. Items come back in the order they were given. An error that has the same cause
 * for all (credentials, an unknown operation, a dead endpoint) stops the run: the items not tried get the same failure.
 */
export async function runItems<In, Out>(options: RunItemsOptions<In, Out>): Promise<SourceResult<Out>> {
  const { items, nameOf, concurrency, read, breaker, failureOf, onProgress } = options;
  const outcomes: ({ read: Out } | { failure: AwsFailure } | undefined)[] = new Array(items.length);
  let next = 0;
  let done = 0;

  async function work(): Promise<void> {
    while (next < items.length && !breaker.stoppedBy) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item === undefined) continue;
      try {
        outcomes[index] = { read: await read(item) };
        breaker.succeeded();
      } catch (error) {
        const failure = await failureOf(error);
        outcomes[index] = { failure };
        breaker.failed(failure);
      }
      done += 1;
      onProgress?.(done);
    }
  }

  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  const reads: Out[] = [];
  const failed: { item: string; failure: AwsFailure }[] = [];
  items.forEach((item, index) => {
    const outcome = outcomes[index] ?? (breaker.stoppedBy ? { failure: breaker.stoppedBy } : undefined);
    if (!outcome) return;
    if ("read" in outcome) reads.push(outcome.read);
    else failed.push({ item: nameOf(item), failure: outcome.failure });
  });
  return resultOf(reads, failed);
}
