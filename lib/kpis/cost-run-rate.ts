import { RUN_RATE_DAYS, runRate } from "@/lib/cost/run-rate";
import { Decimal } from "@/lib/domain/money";
import { addDays, diffDays, instantAtStartUtc, type PlainDate } from "@/lib/domain/plain-date";
import { brokersByCost } from "@/lib/kpis/brokers-by-cost";
import { defineKpi, type FleetSnapshot, type KpiCostDay, type KpiValue } from "@/lib/kpis/define-kpi";
import { groupBy } from "@/lib/kpis/group-by";

/** The month before is re-read until it is final: a last final day older than two months means that costs are not read any more. */
const OLDEST_LAST_DAY = 62;

export const costRunRate = defineKpi({
  id: "cost-run-rate",
  version: 1,
  title: "Monthly cost run rate",
  definition:
    "Mean of the last 7 final days times 365/12: unblended Amazon MQ service charges without tax, credits and refunds, per currency. A day is final " +
    "when AWS no longer marks any of it as estimated. Related charges booked elsewhere (CloudWatch Logs, KMS, data transfer) are not included.",
  numeratorLabel: "in the last 7 final days",
  denominatorLabel: "days",
  unit: "money-per-month",
  direction: "down-is-good",
  target: null,
  source: "Seed 003: monthly cost of Amazon MQ",
  compute(snapshot) {
    if (!snapshot.everSynced) return [unavailable("", "No sync has been completed yet.")];
    if (snapshot.costDays === null) return [unavailable("", "The costs of this cut are not known.")];
    const byCurrency = groupBy(snapshot.costDays, ({ currency }) => currency);
    if (byCurrency.size === 0) return [unavailable("", "No costs were read yet.")];
    return [...byCurrency.keys()].sort().map((currency) => rateOf(currency, byCurrency.get(currency) ?? [], snapshot));
  },
  contributors: (snapshot) => brokersByCost(snapshot, "numerator"),
});

function rateOf(currency: string, entries: readonly KpiCostDay[], snapshot: FleetSnapshot): KpiValue {
  const days = totalsByDay(entries);
  const rate = runRate([...days.values()]);
  if ("unavailable" in rate) return unavailable(currency, rate.unavailable);
  const [first, last] = [rate.days.at(0), rate.days.at(-1)];
  if (!first || !last || diffDays(last, snapshot.today) > OLDEST_LAST_DAY) {
    return unavailable(currency, `The last final day of costs is ${last}: costs have not been read since.`);
  }
  // The database's column holds 18 places.
  const value = rate.monthly.toDecimalPlaces(18);
  return {
    series: currency,
    value,
    numerator: rate.sum,
    denominator: new Decimal(RUN_RATE_DAYS),
    unknowns: 0,
    exclusions: [],
    parts: placedParts(currency, value, snapshot),
    asOf: instantAtStartUtc(addDays(last, 1)),
    unavailable: null,
    caveats: [...caveatsOf(first, last, days), ...snapshot.incompleteScopes],
  };
}

/**
 * What the brokers listed behind the figure add up to, and what makes the difference: costs go by the days, brokers are those of today. Nothing where no
 * broker has a known cost in the currency.
 */
function placedParts(currency: string, value: Decimal, { brokers }: FleetSnapshot): KpiValue["parts"] {
  const placed = brokers.flatMap(({ monthlyCost }) => (monthlyCost?.currency === currency ? monthlyCost.amount : []));
  if (placed.length === 0) return [];
  const sum = placed.reduce((total, amount) => total.plus(amount), new Decimal(0)).toDecimalPlaces(18);
  const rest = value.minus(sum);
  const parts: KpiValue["parts"][number][] = [
    { label: "Brokers listed behind it", value: sum.toFixed(), unit: "money-per-month" },
  ];
  // Shares are stored with 18 places each: their sum may miss the last of them.
  if (rest.abs().lessThan("0.000001")) return parts;
  const label = rest.isPositive()
    ? "Not of these: gone or handed over since, or placed on no broker"
    : "Less than these: young brokers count by the days on which they existed";
  return [...parts, { label, value: rest.toFixed(), unit: "money-per-month" }];
}

/** A day is estimated as long as any of its entries is. */
function totalsByDay(entries: readonly KpiCostDay[]): Map<PlainDate, KpiCostDay> {
  const days = new Map<PlainDate, KpiCostDay>();
  for (const entry of entries) {
    const sofar = days.get(entry.day);
    const amount = sofar ? sofar.amount.plus(entry.amount) : entry.amount;
    days.set(entry.day, { ...entry, amount, estimated: entry.estimated || (sofar?.estimated ?? false) });
  }
  return days;
}

function caveatsOf(first: PlainDate, last: PlainDate, days: ReadonlyMap<PlainDate, KpiCostDay>): string[] {
  const skipped = diffDays(first, last) + 1 - RUN_RATE_DAYS;
  const later = [...days.values()].filter(({ day }) => day > last).length;
  const caveats = [`Rests on the final days from ${first} to ${last}.`];
  if (skipped > 0) caveats.push(`${skipped} days between them were not read or are not final.`);
  if (later > 0) caveats.push(`${later} later days are still estimated by AWS and not used.`);
  return caveats;
}

function unavailable(series: string, reason: string): KpiValue {
  return {
    series,
    value: null,
    numerator: null,
    denominator: null,
    unknowns: 0,
    exclusions: [],
    parts: [],
    asOf: null,
    unavailable: reason,
    caveats: [],
  };
}
