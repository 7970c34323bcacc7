import type { ItemFailure, SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "./failure";

/** The source was read in full. */
export function completeResult<T>(items: readonly T[]): SourceResult<T> {
  return { status: "complete", items, failures: [], errorCode: null, message: null, wayOut: null };
}

/** Nothing of the source was read. */
export function failedResult<T>(failure: AwsFailure, failures: readonly ItemFailure[] = []): SourceResult<T> {
  const { status, errorCode, message, wayOut } = failure;
  return { status, items: [], failures, errorCode, message, wayOut };
}

/** A part of the source was read; `failure` says why the rest was not. */
export function partialResult<T>(
  items: readonly T[],
  failure: AwsFailure,
  failures: readonly ItemFailure[] = [],
): SourceResult<T> {
  const { errorCode, message, wayOut } = failure;
  return { status: "partial", items, failures, errorCode, message, wayOut };
}

/** The failure of one item. */
export function itemFailure(item: string, failure: Pick<AwsFailure, "errorCode" | "message">): ItemFailure {
  return { item, errorCode: failure.errorCode, message: failure.message };
}

/** Complete, partial or failed, from what was read and what was not. The first failure lends its words. */
export function resultOf<T>(
  items: readonly T[],
  failed: readonly { item: string; failure: AwsFailure }[],
): SourceResult<T> {
  const first = failed[0];
  if (!first) return completeResult(items);
  const failures = failed.map(({ item, failure }) => itemFailure(item, failure));
  return items.length === 0 ? failedResult(first.failure, failures) : partialResult(items, first.failure, failures);
}
