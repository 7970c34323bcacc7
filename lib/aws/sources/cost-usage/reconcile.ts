import { Decimal } from "@/lib/domain/money";
import type { CostRead } from "../../gateway";
import { USAGE_RECORD_TYPES } from "./fetch";
import type { CostGroup } from "./normalize";

/** Usage type of charges that belong to none (tax, credits): Cost Explorer's own word for it. */
export const NO_USAGE_TYPE = "NoUsageType";

const USAGE: ReadonlySet<string> = new Set(USAGE_RECORD_TYPES);

/** Words Cost Explorer has for record types. An answer whose keys are none of them was not grouped by record type. */
const RECORD_TYPE =
  /^(usage|discountedusage|savingsplan\w*|tax|credit|refund|.*fee|.*discount|support|other|upfront|recurring|.*charge)$/i;

export interface ReconciledCosts {
  costs: readonly CostRead[];
  /** Why record types could not be told apart: then everything is in the usage rows, counted once. Null when they could. */
  undivided: string | null;
}

/**
 * Joins costs by usage type (keys: usage type, account) with those by record type (keys: record type, account) without counting anything twice.
 * The usage rows were asked for without tax, credits and refunds; an endpoint that ignores that filter shows by its sums, and then they are
 * taken as they are and the rows by record type are dropped. `byRecordType` null: they could not be read at all.
 */
export function reconcileCosts(
  byUsageType: readonly CostGroup[],
  byRecordType: readonly CostGroup[] | null,
  filterRefused: boolean,
): ReconciledCosts {
  const usage = byUsageType.map((group) => costRead(group, { usageType: group.keys[0], recordType: "Usage" }));
  if (filterRefused) return { costs: usage, undivided: "the endpoint refused to filter by record type" };
  if (byRecordType === null) return { costs: usage, undivided: null };
  const usageTypes = new Set(byUsageType.map(({ keys }) => keys[0]));
  const isByRecordType = byRecordType.every(
    ({ keys }) => RECORD_TYPE.test(normalized(keys[0])) && !usageTypes.has(keys[0]),
  );
  if (!isByRecordType) return { costs: usage, undivided: "the endpoint ignored the grouping by record type" };
  const others = byRecordType.filter(({ keys }) => !USAGE.has(normalized(keys[0])));
  if (filterWasIgnored(byUsageType, byRecordType)) {
    return { costs: usage, undivided: "the endpoint ignored the filter by record type" };
  }
  return {
    costs: [
      ...usage,
      ...others.map((group) => costRead(group, { usageType: NO_USAGE_TYPE, recordType: group.keys[0].trim() })),
    ],
    undivided: null,
  };
}

/**
 * Whether the usage rows hold more than use: by account, day and currency, they add up to the whole rather than to the use within it. Cells
 * without other charges tell nothing. AWS may restate between the two requests, so the nearer sum decides, and most cells.
 */
function filterWasIgnored(byUsageType: readonly CostGroup[], byRecordType: readonly CostGroup[]): boolean {
  const sums = new Map<string, { usageRows: Decimal; use: Decimal; all: Decimal }>();
  const cell = ({ day, keys, currency }: CostGroup) => {
    const key = `${day} ${keys[1]} ${currency}`;
    const sum = sums.get(key) ?? { usageRows: new Decimal(0), use: new Decimal(0), all: new Decimal(0) };
    sums.set(key, sum);
    return sum;
  };
  for (const group of byUsageType) {
    const sum = cell(group);
    sum.usageRows = sum.usageRows.plus(group.unblended);
  }
  for (const group of byRecordType) {
    const sum = cell(group);
    sum.all = sum.all.plus(group.unblended);
    if (USAGE.has(normalized(group.keys[0]))) sum.use = sum.use.plus(group.unblended);
  }
  let votes = 0;
  for (const { usageRows, use, all } of sums.values()) {
    if (use.equals(all)) continue;
    votes += usageRows.minus(all).abs().lessThan(usageRows.minus(use).abs()) ? 1 : -1;
  }
  return votes > 0;
}

/** Record types as they are compared: Cost Explorer writes some with spaces and some without. */
function normalized(recordType: string): string {
  return recordType.replace(/\s+/g, "");
}

function costRead(group: CostGroup, names: { usageType: string; recordType: string }): CostRead {
  const { keys, day, currency, unblended, amortized, usageQuantity, usageUnit, estimated } = group;
  const isUsage = names.recordType === "Usage";
  return {
    accountId: keys[1],
    day,
    usageType: names.usageType,
    recordType: names.recordType,
    currency,
    unblended,
    amortized,
    // The quantity of a record type adds hours to gigabytes.
    usageQuantity: isUsage ? usageQuantity : null,
    usageUnit: isUsage ? usageUnit : null,
    estimated,
  };
}
