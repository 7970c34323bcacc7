import { type DayAllocation, newAllocationBook } from "@/lib/cost/allocation-book";
import type { Decimal } from "@/lib/domain/money";
import { parseUsageType } from "@/lib/reference/usage-type";

/** One billed line of record type Usage of a source that names the resource. */
export interface ResourceUsageLine {
  /** As the source names it: a broker ARN, a broker id, or a word for "no resource". */
  resourceId: string;
  usageType: string;
  unblended: Decimal;
  currency: string;
  estimated: boolean;
}

/**
 * The day's billed lines by broker, for sources that name resources: nothing is cut, so the basis is `billed`. `brokerKeyOf` answers null for
 * what is no broker of the account that we know; those amounts stay unplaced. Sums agree to the last digit as in `allocateAccountDay`.
 */
export function allocateByResource(
  lines: readonly ResourceUsageLine[],
  brokerKeyOf: (resourceId: string) => string | null,
): DayAllocation {
  const book = newAllocationBook();
  for (const line of lines) {
    const { kind } = parseUsageType(line.usageType);
    const units = book.bill(line);
    const brokerKey = brokerKeyOf(line.resourceId);
    if (brokerKey === null) book.leave(line, kind, units, "unknown-resource");
    else book.place(brokerKey, kind, "billed", "resource", line, units);
  }
  return book.close();
}
