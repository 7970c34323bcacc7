import { type AmountUnits, amountUnitsToText } from "@/lib/cost/amount-units";
import { brokerStorageGb } from "@/lib/cost/broker-storage";
import { type MonthAmounts, newCostMonth } from "@/lib/cost/cost-month";
import { RUN_RATE_DAYS, runRate } from "@/lib/cost/run-rate";
import type { Database } from "@/lib/db/client";
import {
  type AllocationDayRow,
  allocationHashes,
  type BrokerCostMonthRow,
  type OtherDayRow,
  type RollupLeafRow,
  replaceAccountMonths,
} from "@/lib/db/cost-allocation-store";
import { type BrokerLifeRow, brokerLives, costExtents, costLines, storeUsage } from "@/lib/db/cost-input-queries";
import { resourceLines } from "@/lib/db/cost-resource-store";
import { refreshRollups } from "@/lib/db/cost-rollup-store";
import { lastFinalDays, storeRunRates } from "@/lib/db/cost-run-rate-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { FINEST_LEVEL } from "@/lib/domain/cost-rollup";
import { Decimal, decimalToText, MONEY_SCALE } from "@/lib/domain/money";
import { addDays, addMonths, type PlainDate, plainDateFromInstantUtc, startOfMonth } from "@/lib/domain/plain-date";
import {
  type AccountDayInputs,
  accountDays,
  type BrokerInMonth,
  USAGE_RECORD_TYPES,
} from "@/lib/services/allocate-account-month";
import type { Ctx } from "@/lib/services/ctx";

export interface AllocationSummary {
  /** Account-days looked at. */
  days: number;
  /** Of these, days whose inputs changed since they were allocated. */
  daysChanged: number;
  /** Brokers whose run rate changed. */
  brokersChanged: number;
}

/** How far back the last final days are looked for: AWS keeps two months estimated at most. */
const RUN_RATE_LOOKBACK_DAYS = 120;

/**
 * Allocates billed usage to brokers and stores shares, reconciliation, rollups and run rates. Only account-months in which the inputs of a day
 * changed are written again (lines, brokers, their owner and environment of that day, the method itself). `accountIds` null: every account that
 * has costs. Without days: all that are stored. Repeating it changes nothing. One transaction per month.
 */
export async function allocateCosts({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { accountIds: readonly string[] | null; fromDay?: PlainDate; untilDay?: PlainDate };
}): Promise<AllocationSummary> {
  const summary: AllocationSummary = { days: 0, daysChanged: 0, brokersChanged: 0 };
  const extents = await costExtents(ctx.db, input.accountIds);
  const first = input.fromDay ?? extents.map((extent) => extent.first).sort()[0];
  const last = extents.map((extent) => extent.last).sort()[extents.length - 1];
  if (!first || !last) return summary;
  const accountIds = extents.map((extent) => extent.accountId);
  const until = input.untilDay ?? addDays(last, 1);
  const lives = await brokerLives(ctx.db, accountIds);
  for (let month = startOfMonth(first); month < until; month = addMonths(month, 1)) {
    const outcome = await allocateMonth(ctx.db, accountIds, month, lives);
    summary.days += outcome.days;
    summary.daysChanged += outcome.daysChanged;
  }
  summary.brokersChanged = await refreshRunRates(ctx.db, accountIds, plainDateFromInstantUtc(ctx.clock.now()));
  if (summary.brokersChanged > 0) await bumpDataVersions(ctx.db, "fleet", "costs");
  return summary;
}

async function allocateMonth(
  db: Database,
  accountIds: readonly string[],
  month: PlainDate,
  lives: readonly BrokerLifeRow[],
): Promise<{ days: number; daysChanged: number }> {
  const [lines, resources, hashes, usage] = await Promise.all([
    costLines(db, accountIds, month),
    resourceLines(db, accountIds, month, USAGE_RECORD_TYPES),
    allocationHashes(db, accountIds, month),
    storeUsage(db, activeMqIds(lives), month),
  ]);
  const linesOf = byAccount(lines);
  const resourcesOf = byAccount(resources);
  const livesOf = byAccount(lives);
  const changed: ChangedMonth[] = [];
  let days = 0;
  let daysChanged = 0;
  for (const accountId of accountIds) {
    const brokers = (livesOf.get(accountId) ?? []).map((life) => inMonth(life, usage.get(life.id)));
    const inputs = accountDays(
      accountId,
      month,
      linesOf.get(accountId) ?? [],
      resourcesOf.get(accountId) ?? [],
      brokers,
    );
    const allocated = hashes.get(accountId) ?? new Map<PlainDate, string>();
    const differing = inputs.filter(({ day, inputsHash }) => allocated.get(day) !== inputsHash).length;
    const vanished = allocated.size - inputs.filter(({ day }) => allocated.has(day)).length;
    days += inputs.length;
    daysChanged += differing + vanished;
    if (differing + vanished > 0) changed.push({ accountId, inputs });
  }
  if (changed.length === 0) return { days, daysChanged };
  const rows = rowsOf(changed, month, new Map(lives.map((life) => [life.arn, life.id])));
  await db.transaction(
    async (tx) => {
      await replaceAccountMonths(tx, {
        ...rows,
        accountIds: changed.map(({ accountId }) => accountId),
        month,
        finestLevel: FINEST_LEVEL,
      });
      await refreshRollups(tx, month);
      await bumpDataVersions(tx, "costs");
    },
    { timeoutMs: 300_000 },
  );
  return { days, daysChanged };
}

interface ChangedMonth {
  accountId: string;
  inputs: readonly AccountDayInputs[];
}

interface MonthRows {
  brokers: BrokerCostMonthRow[];
  days: AllocationDayRow[];
  others: OtherDayRow[];
  leaves: RollupLeafRow[];
}

function rowsOf(changed: readonly ChangedMonth[], month: PlainDate, idOf: ReadonlyMap<string, number>): MonthRows {
  const rows: MonthRows = { brokers: [], days: [], others: [], leaves: [] };
  for (const { accountId, inputs } of changed) {
    const costMonth = newCostMonth(month);
    for (const day of inputs) {
      const { allocation, keysOf } = day.allocate();
      costMonth.addDay(day.day, allocation, keysOf);
      for (const other of day.others)
        rows.others.push({ ...other, accountId, day: day.day, unblended: decimalToText(other.unblended) });
      rows.days.push(...dayRows(accountId, day, allocation));
    }
    const { brokers, leaves } = costMonth.close();
    for (const { brokerKey, amounts, ...rest } of brokers) {
      const brokerId = idOf.get(brokerKey);
      if (brokerId !== undefined) rows.brokers.push({ ...rest, brokerId, amounts: texts(amounts) });
    }
    for (const leaf of leaves) {
      rows.leaves.push({
        ...leaf,
        accountId,
        total: sumText(leaf.amounts),
        amounts: texts(leaf.amounts),
        ambiguous: leaf.ambiguous && texts(leaf.ambiguous),
        ambiguousTotal: sumText(leaf.ambiguous ?? []),
      });
    }
  }
  return rows;
}

/** One row per currency; a day with nothing but tax or credits has zeros, so that it is known to be done. */
function dayRows(
  accountId: string,
  { day, report, inputsHash, currencies }: AccountDayInputs,
  { totals, unplaced }: ReturnType<AccountDayInputs["allocate"]>["allocation"],
): AllocationDayRow[] {
  const { source, reportedBy, estimated } = report;
  return currencies.map((currency) => {
    const sums = totals.find((total) => total.currency === currency);
    const text = (units: AmountUnits | undefined) => amountUnitsToText(units ?? 0n);
    return {
      accountId,
      day,
      currency,
      source,
      reportedBy,
      billed: text(sums?.billed),
      allocated: text(sums?.allocated),
      ambiguous: text(sums?.ambiguous),
      unallocated: text(sums?.unallocated),
      unplaced: unplaced
        .filter((left) => left.currency === currency)
        .map(({ usageType, component, units, reason }) => ({ usageType, component, amount: text(units), reason })),
      estimated,
      inputsHash,
    };
  });
}

function texts(amounts: MonthAmounts): (string | null)[] {
  return amounts.map((units) => (units === null ? null : amountUnitsToText(units)));
}

function sumText(amounts: MonthAmounts): string {
  return amountUnitsToText(amounts.reduce<AmountUnits>((sum, units) => sum + (units ?? 0n), 0n));
}

/** Sets each broker's run rate: mean of the account's last final days on which it cost anything, per month. */
async function refreshRunRates(db: Database, accountIds: readonly string[], today: PlainDate): Promise<number> {
  const rows = await lastFinalDays(db, accountIds, addDays(today, -RUN_RATE_LOOKBACK_DAYS), RUN_RATE_DAYS);
  const rates = new Map<number, { brokerId: number; monthlyCost: string; currency: string; basis: string }>();
  for (const { brokerId, currency, days, amounts, ambiguous, allBilled } of rows) {
    if (rates.has(brokerId)) continue; // a second currency: the one with more days came first
    const rate = runRate(
      days.map((day, index) => ({ day, amount: new Decimal(amounts[index] ?? 0), estimated: false })),
      { minimumDays: 1 },
    );
    if ("unavailable" in rate) continue;
    rates.set(brokerId, {
      brokerId,
      monthlyCost: decimalToText(rate.monthly.toDecimalPlaces(MONEY_SCALE)),
      currency,
      basis: isMostlyProved(amounts, ambiguous) ? (allBilled ? "billed" : "allocated") : "ambiguous",
    });
  }
  return storeRunRates(db, accountIds, [...rates.values()]);
}

/** Whether at most a twentieth of a broker's cost is ambiguous: cents of data transfer do not make a proved price ambiguous. */
function isMostlyProved(amounts: readonly string[], ambiguous: string): boolean {
  const total = amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
  return new Decimal(ambiguous).abs().times(20).lessThanOrEqualTo(total.abs());
}

function activeMqIds(lives: readonly BrokerLifeRow[]): number[] {
  return lives.filter((life) => life.engine === "ACTIVEMQ").map((life) => life.id);
}

function inMonth(life: BrokerLifeRow, usage: readonly (number | null)[] | undefined): BrokerInMonth {
  const engine = life.engine === "UNKNOWN" ? null : life.engine;
  const storageSizeGb = brokerStorageGb({ ...life, engine });
  return {
    history: { ...life, brokerKey: life.arn, engine, storageSizeGb, createdAt: life.awsCreatedAt ?? life.firstSeenAt },
    storageUsageGb:
      usage && storageSizeGb !== null ? usage.map((share) => (share === null ? null : share * storageSizeGb)) : null,
  };
}

function byAccount<T extends { accountId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group) group.push(row);
    else groups.set(row.accountId, [row]);
  }
  return groups;
}
