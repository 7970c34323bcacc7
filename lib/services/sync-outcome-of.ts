import type { FinishedOutcome, ScopeKey } from "@/lib/db/sync-outcome-store";
import type { SourceResult } from "@/lib/domain/sync";

/** The outcome of a scope from what reading it came to. `itemCount` defaults to the number of items read. */
export function outcomeOf(
  key: ScopeKey,
  result: SourceResult<unknown>,
  numbers: { itemCount?: number; expectedCount?: number | null; requestCount: number },
): FinishedOutcome {
  return {
    source: key.source,
    accountId: key.accountId,
    region: key.region,
    status: result.status,
    itemCount: numbers.itemCount ?? result.items.length,
    expectedCount: numbers.expectedCount ?? null,
    requestCount: numbers.requestCount,
    errorCode: result.errorCode,
    message: result.message,
    wayOut: result.wayOut,
    failures: result.failures,
  };
}

/** The outcome of a scope that was not tried because another one, which it needs, could not be read. */
export function outcomeBlockedBy(key: ScopeKey, blocker: SourceResult<unknown>, why: string): FinishedOutcome {
  const status = blocker.status === "complete" || blocker.status === "partial" ? "failed" : blocker.status;
  return {
    source: key.source,
    accountId: key.accountId,
    region: key.region,
    status,
    itemCount: 0,
    expectedCount: null,
    requestCount: 0,
    errorCode: blocker.errorCode,
    message: blocker.message ? `${why} ${blocker.message}` : why,
    wayOut: blocker.wayOut,
    failures: [],
  };
}

/** A scope that was read and held nothing. */
export function emptyOutcome(key: ScopeKey, message: string | null = null): FinishedOutcome {
  return {
    source: key.source,
    accountId: key.accountId,
    region: key.region,
    status: "complete",
    itemCount: 0,
    expectedCount: 0,
    requestCount: 0,
    errorCode: null,
    message,
    wayOut: null,
    failures: [],
  };
}

/** A scope that was not due. */
export function skippedOutcome(key: ScopeKey, message: string): FinishedOutcome {
  return { ...emptyOutcome(key, message), status: "skipped", expectedCount: null };
}

/** One result of several reads of the same scope: complete only when all are, partial when something was read. */
export function combineResults<T>(results: readonly SourceResult<T>[]): SourceResult<T> {
  const bad = results.find((result) => result.status !== "complete");
  const items = results.flatMap((result) => result.items);
  const readSomething = results.some((result) => result.status === "complete" || result.status === "partial");
  return {
    status: bad ? (readSomething ? "partial" : bad.status) : "complete",
    items,
    failures: results.flatMap((result) => result.failures),
    errorCode: bad?.errorCode ?? null,
    message: bad?.message ?? null,
    wayOut: bad?.wayOut ?? null,
  };
}
