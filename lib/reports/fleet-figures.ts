import { engineDisplayName } from "@/lib/domain/engine-version";
import { Decimal, decimalToText } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import { type Figure, figure, unknownFigure } from "@/lib/domain/report-document";
import type { KpiBroker } from "@/lib/kpis/define-kpi";
import { kpiScope } from "@/lib/kpis/kpi-scope";
import { type Exposure, exposureByQuarter, type NamedQuarter, quartersFrom } from "@/lib/lifecycle/exposure-by-quarter";
import type { ReportFacts } from "@/lib/reports/report-facts";

/** The two quarters after the one that the report is about. */
export function comingQuarters({ fleet, firstMonth, running }: ReportFacts): NamedQuarter[] {
  // At the end of a quarter the next one begins; while it runs it is the first of three.
  return running ? quartersFrom(fleet.today, firstMonth, 3).slice(1) : quartersFrom(fleet.today, firstMonth, 2);
}

/** The brokers in scope by when the support of their engine line ends: the rest of a running quarter first, then the two quarters after it. */
export function exposureOf(facts: ReportFacts): Exposure<KpiBroker> {
  const quarters = quartersFrom(facts.fleet.today, facts.firstMonth, facts.running ? 3 : 2);
  return exposureByQuarter(kpiScope(facts.fleet).brokers, quarters, {
    support: ({ support }) => support,
    isStale: ({ stale }) => stale,
  });
}

/** Ends of support ahead: lines of brokers in scope by day. */
export function endsAhead(exposure: Exposure<KpiBroker>): { label: string; on: PlainDate; brokers: KpiBroker[] }[] {
  const byLine = new Map<string, { label: string; on: PlainDate; brokers: KpiBroker[] }>();
  for (const broker of exposure.quarters.flatMap(({ items }) => items)) {
    const { engine, line, endOfSupport } = broker.support;
    if (endOfSupport === null) continue;
    const label = `${engineDisplayName(engine ?? "UNKNOWN")} ${line ?? "unknown line"}`;
    const known = byLine.get(label) ?? { label, on: endOfSupport, brokers: [] };
    known.brokers.push(broker);
    byLine.set(label, known);
  }
  return [...byLine.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.label < b.label ? -1 : 1));
}

/** What brokers cost per month, one figure per currency; where none has a cost, one that says so. No brokers, no figures. */
export function spendOf(brokers: readonly KpiBroker[]): Figure[] {
  const sums = new Map<string, { sum: Decimal; n: number }>();
  for (const { monthlyCost } of brokers) {
    if (!monthlyCost) continue;
    const { sum, n } = sums.get(monthlyCost.currency) ?? { sum: new Decimal(0), n: 0 };
    sums.set(monthlyCost.currency, { sum: sum.plus(monthlyCost.amount), n: n + 1 });
  }
  if (brokers.length === 0) return [];
  if (sums.size === 0) return [unknownFigure("money-per-month", "No cost could be placed on these brokers.")];
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { sum, n }]) =>
      figure("money-per-month", decimalToText(sum.toDecimalPlaces(18)), {
        currency,
        n,
        basis: n < brokers.length ? `${n} of ${brokers.length} brokers have a known cost` : null,
      }),
    );
}

/** The first of `spendOf`, for a table with one column; nothing for no brokers. */
export function spendCell(brokers: readonly KpiBroker[]): Figure | null {
  return spendOf(brokers)[0] ?? null;
}
