import type { AccountSession, CostRead as GatewayCostRead, ResourceCostRead } from "@/lib/aws/gateway";
import type { CostSource } from "@/lib/cost/source-precedence";
import type { Database } from "@/lib/db/client";
import {
  type ChangedDays,
  type CostDayRow,
  type CostRead,
  extendCoverage,
  replaceCostDays,
} from "@/lib/db/cost-day-store";
import { replaceResourceCosts } from "@/lib/db/cost-resource-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { type Decimal, decimalToText, MONEY_SCALE } from "@/lib/domain/money";
import {
  addDays,
  addMonths,
  type DayInterval,
  earlierOf,
  laterOf,
  type PlainDate,
  plainDateFromInstantUtc,
  startOfMonth,
} from "@/lib/domain/plain-date";
import type { SourceResult } from "@/lib/domain/sync";
import { USAGE_RECORD_TYPES } from "@/lib/services/allocate-account-month";
import type { Ctx } from "@/lib/services/ctx";

/** What reading a cost source came to, without the rows. */
export interface CostReading extends Omit<SourceResult<never>, "items"> {
  /** Lines read. */
  itemCount: number;
  /** The days asked for; null when nothing was asked. */
  interval: DayInterval | null;
  /** Days that differ from what was stored, by account: what has to be allocated again. */
  changed: readonly ChangedDays[];
}

export interface ReadCostsInput {
  session: AccountSession;
  /** The account whose Cost Explorer is read: a payer's covers its members. */
  accountId: string;
  runId?: number | null;
  /** Business time of the last complete read of this source and account; null: never. */
  lastCompleteAt: Date | null;
  /** Read even if it was read today already. */
  force?: boolean;
}

/** Cost Explorer keeps this many months before the current one. */
const HISTORY_MONTHS = 13;
/** Cost Explorer keeps resource-level costs this many days. */
const RESOURCE_DAYS = 14;
/** Days at the end that may be missing because AWS has not put them on the bill yet, rather than because they cost nothing. */
const BILLING_LAG_DAYS = 3;

const SKIPPED = { status: "skipped", failures: [], errorCode: null, wayOut: null } as const;

/**
 * Reads an account's Amazon MQ usage costs by usage type and linked account, and stores them as told by this account: the first time 13 months
 * back, later the current and the previous month (and whatever lies between, if it was not read for longer), because AWS restates both. At most
 * once a UTC day. A reading that failed stores nothing, and the figures of the last one stand: half a day's lines would look like a cheaper day.
 * A partial one has all usage, but not tax, credits and refunds; those stay as they are.
 */
export async function readCosts({ ctx, input }: { ctx: Ctx; input: ReadCostsInput }): Promise<CostReading> {
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const interval = usageInterval(today, input.lastCompleteAt);
  if (isReadToday(today, input)) return skipped(input);
  const result = await input.session.costUsage(interval.start, interval.endExclusive);
  if (result.status !== "complete" && (result.status !== "partial" || result.items.length === 0))
    return unread(result, interval);
  const source: CostSource = "cost-explorer";
  const recordTypes = result.status === "partial" ? USAGE_RECORD_TYPES : undefined;
  const read = { source, reportedBy: input.accountId, interval, observedAt: ctx.clock.now(), recordTypes };
  const rows = costDayRows(result.items, interval);
  const changed = await ctx.db.transaction((tx) => storeUsage(tx, read, rows), { timeoutMs: 300_000 });
  return { ...outcome(result), itemCount: rows.length, interval, changed };
}

/**
 * Reads an account's Amazon MQ costs by resource for the last 14 days, where it is enabled in Cost Explorer, and stores them beside those by usage
 * type (allocation decides which count). At most once a UTC day; stores nothing when anything is missing.
 */
export async function readResourceCosts({ ctx, input }: { ctx: Ctx; input: ReadCostsInput }): Promise<CostReading> {
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const interval = { start: addDays(today, -RESOURCE_DAYS), endExclusive: today };
  if (isReadToday(today, input)) return skipped(input);
  const result = await input.session.costResources(interval.start, interval.endExclusive);
  if (result.status !== "complete") return unread(result, interval);
  const source: CostSource = "cost-explorer-resources";
  const read = { source, reportedBy: input.accountId, interval, observedAt: ctx.clock.now() };
  const resources = resourceRows(result.items, interval);
  const rows = costDayRows(result.items, interval);
  const changed = await ctx.db.transaction(
    async (tx) => {
      await replaceResourceCosts(tx, read, resources);
      return storeUsage(tx, read, rows);
    },
    { timeoutMs: 300_000 },
  );
  return { ...outcome(result), itemCount: resources.length, interval, changed };
}

/** The days to ask for: from the first of a month up to yesterday (today's bill has hardly begun). Pure. */
export function usageInterval(today: PlainDate, lastCompleteAt: Date | null): DayInterval {
  const oldest = addMonths(startOfMonth(today), -HISTORY_MONTHS);
  const restated = addMonths(startOfMonth(today), -1);
  if (!lastCompleteAt) return { start: oldest, endExclusive: today };
  const notReadSince = addMonths(startOfMonth(plainDateFromInstantUtc(lastCompleteAt)), -1);
  return { start: laterOf(oldest, earlierOf(restated, notReadSince)), endExclusive: today };
}

function isReadToday(today: PlainDate, { lastCompleteAt, force }: ReadCostsInput): boolean {
  return !force && lastCompleteAt !== null && plainDateFromInstantUtc(lastCompleteAt) >= today;
}

async function storeUsage(tx: Database, read: CostRead, rows: readonly CostDayRow[]): Promise<ChangedDays[]> {
  const changed = await replaceCostDays(tx, read, rows);
  const accounts = [...new Set(rows.map((row) => row.accountId))].sort();
  const lastWithRows = rows.reduce<PlainDate | null>((last, { day }) => (last && last > day ? last : day), null);
  const { start, endExclusive } = read.interval;
  const certain = addDays(endExclusive, -BILLING_LAG_DAYS);
  const until = lastWithRows ? laterOf(certain, addDays(lastWithRows, 1)) : certain;
  if (until > start) await extendCoverage(tx, { ...read, interval: { start, endExclusive: until } }, accounts);
  if (changed.length > 0) await bumpDataVersions(tx, "costs");
  return changed;
}

/**
 * One row per account, day, usage type, record type and currency, ordered by them. AWS sometimes sends the residue of a float: what lies behind
 * the 18th digit is cut before anything is summed. Lines outside of the interval are not ours to replace.
 */
function costDayRows(items: readonly (GatewayCostRead | ResourceCostRead)[], interval: DayInterval): CostDayRow[] {
  const rows = new Map<string, CostSums>();
  for (const item of items) {
    if (item.day < interval.start || item.day >= interval.endExclusive) continue;
    const key = JSON.stringify([item.accountId, item.day, item.usageType, item.recordType, item.currency]);
    const line: CostSums = {
      item,
      unblended: cut(item.unblended),
      amortized: item.amortized && cut(item.amortized),
      quantity: item.usageQuantity && cut(item.usageQuantity),
      estimated: item.estimated,
    };
    const known = rows.get(key);
    rows.set(key, known ? sum(known, line) : line);
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sums]) => ({
      accountId: sums.item.accountId,
      day: sums.item.day,
      usageType: sums.item.usageType,
      recordType: sums.item.recordType,
      currency: sums.item.currency,
      unblended: decimalToText(sums.unblended),
      amortized: sums.amortized && decimalToText(sums.amortized),
      usageQuantity: sums.quantity && decimalToText(sums.quantity),
      usageUnit: sums.item.usageUnit,
      estimated: sums.estimated,
    }));
}

interface CostSums {
  item: GatewayCostRead;
  unblended: Decimal;
  amortized: Decimal | null;
  quantity: Decimal | null;
  estimated: boolean;
}

function sum(a: CostSums, b: CostSums): CostSums {
  return {
    item: a.item,
    unblended: a.unblended.plus(b.unblended),
    amortized: a.amortized && b.amortized && a.amortized.plus(b.amortized),
    quantity: a.quantity && b.quantity && a.quantity.plus(b.quantity),
    estimated: a.estimated || b.estimated,
  };
}

function resourceRows(items: readonly ResourceCostRead[], interval: DayInterval) {
  const rows = new Map<string, { item: ResourceCostRead; unblended: Decimal }>();
  for (const item of items) {
    if (item.day < interval.start || item.day >= interval.endExclusive) continue;
    const { accountId, day, resourceId, usageType, recordType, currency } = item;
    const key = JSON.stringify([accountId, day, resourceId, usageType, recordType, currency]);
    const known = rows.get(key);
    const unblended = cut(item.unblended);
    rows.set(key, { item, unblended: known ? known.unblended.plus(unblended) : unblended });
  }
  return [...rows.values()].map(({ item, unblended }) => ({
    accountId: item.accountId,
    day: item.day,
    resourceId: item.resourceId,
    usageType: item.usageType,
    recordType: item.recordType,
    currency: item.currency,
    unblended: decimalToText(unblended),
  }));
}

function cut(value: Decimal): Decimal {
  return value.toDecimalPlaces(MONEY_SCALE);
}

function outcome(result: SourceResult<unknown>): Omit<SourceResult<never>, "items"> {
  const { status, failures, errorCode, message, wayOut } = result;
  return { status, failures, errorCode, message, wayOut };
}

function unread(result: SourceResult<unknown>, interval: DayInterval): CostReading {
  return { ...outcome(result), itemCount: 0, interval, changed: [] };
}

function skipped({ lastCompleteAt }: ReadCostsInput): CostReading {
  const message = `Read once a day: ${lastCompleteAt?.toISOString()}.`;
  return { ...SKIPPED, message, itemCount: 0, interval: null, changed: [] };
}
