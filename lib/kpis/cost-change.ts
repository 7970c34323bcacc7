import { Decimal } from "@/lib/domain/money";
import { addMonths, daysInMonth, instantAtStartUtc, startOfMonth } from "@/lib/domain/plain-date";
import { brokersByCost } from "@/lib/kpis/brokers-by-cost";
import { defineKpi, type FleetSnapshot, type KpiCostDay, type KpiValue } from "@/lib/kpis/define-kpi";
import { groupBy } from "@/lib/kpis/group-by";
import { unavailableValue } from "@/lib/kpis/register-basis";

export const costChange = defineKpi({
  id: "cost-change",
  version: 1,
  title: "Cost against the month before",
  definition:
    "Unblended Amazon MQ service charges of the last calendar month that is over, without tax, credits and refunds, less those of the month before, by " +
    "those of the month before, per currency. Both months must have been read without a missing day. Beside it the change per day, because months differ " +
    "in length. A month that AWS still marks as estimated says so.",
  numeratorLabel: "more than in the month before",
  denominatorLabel: "in the month before",
  unit: "percent",
  direction: "down-is-good",
  target: null,
  source: "Seed 003: development of Amazon MQ cost",
  compute(snapshot) {
    if (!snapshot.everSynced) return [unavailableValue("", "No sync has been completed yet.")];
    if (snapshot.costDays === null) return [unavailableValue("", "The costs of this cut are not known.")];
    const byCurrency = groupBy(snapshot.costDays, ({ currency }) => currency);
    if (byCurrency.size === 0) return [unavailableValue("", "No costs were read yet.")];
    return [...byCurrency.keys()]
      .sort()
      .map((currency) => changeOf(currency, byCurrency.get(currency) ?? [], snapshot));
  },
  // What brokers cost today adds up to no change: they are context, and say so.
  contributors: (snapshot) => brokersByCost(snapshot, "not-in-numerator", () => RUN_RATE_ALONE),
});

const RUN_RATE_ALONE =
  "Its run rate, no part of the change: that is told by account, region, engine, environment and owner";

function changeOf(currency: string, days: readonly KpiCostDay[], snapshot: FleetSnapshot): KpiValue {
  const thisMonth = startOfMonth(snapshot.today);
  const last = monthOf(addMonths(thisMonth, -1), days);
  const before = monthOf(addMonths(thisMonth, -2), days);
  if (!last.complete || !before.complete) {
    const missing = (last.complete ? before : last).start.slice(0, 7);
    return unavailableValue(currency, `Not every day of ${missing} was read.`);
  }
  if (before.total.isZero()) {
    return unavailableValue(
      currency,
      `Nothing was charged in ${before.start.slice(0, 7)}: there is nothing to compare with.`,
    );
  }
  const difference = last.total.minus(before.total);
  const perDay = last.total.dividedBy(last.days).dividedBy(before.total.dividedBy(before.days)).minus(1).times(100);
  return {
    ...unavailableValue(currency, ""),
    value: difference.dividedBy(before.total).times(100).toDecimalPlaces(12),
    numerator: difference.toDecimalPlaces(18),
    denominator: before.total.toDecimalPlaces(18),
    parts: [{ label: "Change per day", value: perDay.toDecimalPlaces(12).toFixed(), unit: "percent" }],
    asOf: instantAtStartUtc(thisMonth),
    unavailable: null,
    caveats: [
      ...(last.estimated || before.estimated ? ["AWS still marks some of these days as estimated."] : []),
      ...snapshot.incompleteScopes,
    ],
  };
}

function monthOf(start: ReturnType<typeof startOfMonth>, days: readonly KpiCostDay[]) {
  const end = addMonths(start, 1);
  const mine = days.filter(({ day }) => day >= start && day < end);
  const length = daysInMonth(start);
  return {
    start,
    days: length,
    complete: new Set(mine.map(({ day }) => day)).size === length,
    total: mine.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)),
    estimated: mine.some(({ estimated }) => estimated),
  };
}
