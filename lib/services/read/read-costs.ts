import type { z } from "zod";
import type { CostReport, costQuery } from "@/lib/contracts/costs";
import { type RunRate, runRate } from "@/lib/cost/run-rate";
import { type CutCostDay, costDayStates, costDaysOfCut } from "@/lib/db/cost-queries";
import { costReconciliation, otherCharges } from "@/lib/db/cost-report-queries";
import { type MonthOfKey, monthsByKey } from "@/lib/db/cost-rollup-queries";
import { Decimal, decimalToText } from "@/lib/domain/money";
import {
  addDays,
  addMonths,
  type DayInterval,
  daysOf,
  type PlainDate,
  parsePlainDate,
  plainDateFromInstantUtc,
  startOfMonth,
} from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { COST_LOOKBACK_DAYS } from "@/lib/services/kpis-of-cut";
import { checkedInterval } from "@/lib/services/read/checked-interval";
import { readFreshness } from "@/lib/services/read/freshness";
import { keyLabels } from "@/lib/services/read/key-labels";
import { remembered } from "@/lib/services/read/remembered";

const SCOPE =
  "Amazon MQ service charges, unblended, without tax, credits and refunds. Not included: related charges booked elsewhere (CloudWatch Logs, KMS, data transfer of other services).";
/** The days a request is about: by default the last 90 days, or the last 13 months; today, which is never complete, is left out of days. */
function intervalOf(input: z.output<typeof costQuery>, today: PlainDate): DayInterval {
  const months = input.granularity === "month";
  const start = input.from
    ? parsePlainDate(input.from)
    : months
      ? addMonths(startOfMonth(today), -12)
      : addDays(today, -90);
  const endExclusive = input.until ? parsePlainDate(input.until) : today;
  return checkedInterval(start, endExclusive);
}

interface Bucket {
  start: PlainDate;
  amount: Decimal | null;
  estimated: boolean;
}

/** Amounts of a key by bucket. A bucket none of whose days was read has null; a day that was read and holds nothing counts as zero. */
function bucketsOf(
  months: readonly MonthOfKey[],
  interval: DayInterval,
  monthly: boolean,
  known: ReadonlySet<PlainDate>,
  estimated: ReadonlySet<PlainDate>,
): Bucket[] {
  const amounts = new Map<PlainDate, string>();
  for (const { month, amounts: days } of months) {
    days.forEach((amount, index) => {
      if (amount !== null) amounts.set(addDays(month, index), amount);
    });
  }
  const buckets = new Map<PlainDate, Bucket>();
  for (const day of daysOf(interval)) {
    const start = monthly ? startOfMonth(day) : day;
    const bucket = buckets.get(start) ?? { start, amount: null, estimated: false };
    if (known.has(day)) bucket.amount = (bucket.amount ?? new Decimal(0)).plus(amounts.get(day) ?? 0);
    if (estimated.has(day)) bucket.estimated = true;
    buckets.set(start, bucket);
  }
  return [...buckets.values()];
}

function rateOf(days: readonly CutCostDay[], currency: string): CostReport["currencies"][number]["runRate"] {
  const rate: RunRate | { unavailable: string } = runRate(days.filter((d) => d.currency === currency));
  return "unavailable" in rate
    ? { value: null, unavailable: rate.unavailable, days: [] }
    : { value: decimalToText(rate.monthly.toDecimalPlaces(18)), unavailable: null, days: [...rate.days] };
}

/** Costs by one dimension and day or month, reconciled with what was billed. Errors: invalid-input for an empty or too long interval. */
export function readCosts(call: { ctx: Ctx; input: z.output<typeof costQuery> }): Promise<CostReport> {
  return remembered(call, "costs", () => computeCosts(call));
}

async function computeCosts({ ctx, input }: { ctx: Ctx; input: z.output<typeof costQuery> }): Promise<CostReport> {
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const interval = intervalOf(input, today);
  const [months, states, reconciled, others, recent, label, freshness] = await Promise.all([
    monthsByKey(ctx.db, input.by, input, interval),
    costDayStates(ctx.db, input, interval),
    costReconciliation(ctx.db, input, interval),
    // Tax, credits and refunds belong to accounts alone: a cut by anything else has none.
    (input.region ?? input.engine ?? input.environment ?? input.owner)
      ? Promise.resolve([])
      : otherCharges(ctx.db, input.account, interval),
    costDaysOfCut(ctx.db, input, addDays(today, -COST_LOOKBACK_DAYS), addDays(today, 1)),
    keyLabels(ctx, input.by),
    readFreshness({ ctx }),
  ]);
  const currencies = [...new Set([...months.map((m) => m.currency), ...reconciled.map((r) => r.currency)])].sort();
  return {
    scope: SCOPE,
    by: input.by,
    granularity: input.granularity,
    currencies: currencies.map((currency) => {
      const sums = reconciled.find((r) => r.currency === currency);
      const mine = months.filter((m) => m.currency === currency);
      const series = [...new Set(mine.map((m) => m.key))].map((key) => {
        const points = bucketsOf(
          mine.filter((m) => m.key === key),
          interval,
          input.granularity === "month",
          states.known,
          states.estimated,
        );
        const total = points.reduce((sum, p) => (p.amount ? sum.plus(p.amount) : sum), new Decimal(0));
        return {
          key,
          label: label(key),
          total,
          points: points.map((p) => ({ ...p, amount: p.amount === null ? null : decimalToText(p.amount) })),
        };
      });
      series.sort((a, b) => b.total.cmp(a.total) || (a.key < b.key ? -1 : 1));
      return {
        currency,
        series: series.map((s) => ({ ...s, total: decimalToText(s.total) })),
        billed: sums?.billed ?? "0",
        allocated: sums?.allocated ?? "0",
        ambiguous: sums?.ambiguous ?? "0",
        unallocated: sums?.unallocated ?? "0",
        runRate: rateOf(recent, currency),
        otherCharges: others
          .filter((o) => o.currency === currency)
          .map(({ recordType, amount }) => ({ recordType, amount })),
      };
    }),
    from: interval.start,
    until: interval.endExclusive,
    missingDays: states.missing.size,
    estimatedDays: states.estimated.size,
    sources: [...states.sources],
    asOf: now.toISOString(),
    freshness,
  };
}
