import { REALISED_COUNTS_DAYS } from "@/lib/cost/recommendations/realised-saving";
import { RECOMMENDATION_KIND_DEFINITIONS } from "@/lib/cost/recommendations/registry";
import { Decimal } from "@/lib/domain/money";
import { addDays } from "@/lib/domain/plain-date";
import {
  type CostAdvice,
  defineKpi,
  type FleetSnapshot,
  type KpiBroker,
  type KpiContributor,
} from "@/lib/kpis/define-kpi";
import { countPart, kpiScope } from "@/lib/kpis/kpi-scope";
import { currenciesOf } from "@/lib/kpis/money-by-currency";
import { unavailableValue } from "@/lib/kpis/register-basis";

interface Done {
  broker: KpiBroker;
  saving: CostAdvice["realised"][number];
}

export const savingsRealised = defineKpi({
  id: "savings-realised",
  version: 2,
  title: "Savings realised",
  definition:
    "What recommendations that were seen carried out in the last 12 months save a month: billed cost of the broker on the 30 final days before, less the " +
    "30 final days after it (of the broker that remains and of its confirmed replacement), as a month of 365/12 days. One item per broker; gone brokers " +
    "count. Where fewer final days are known, a replacement is not confirmed or the list price changed in between, there is no figure yet: those are " +
    "counted as unknown. A change that cost more counts as negative.",
  numeratorLabel: "per month",
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "up-is-good",
  target: null,
  source: "Seed 003: savings that were realised",
  compute(snapshot) {
    if (!snapshot.everSynced) return [unavailableValue("", "No sync has been completed yet.")];
    if (snapshot.brokers.length === 0) return [unavailableValue("", "There are no brokers here.")];
    if (snapshot.brokers.every(({ advice }) => !advice))
      return [unavailableValue("", "The next sync makes the first recommendations.")];
    const done = doneIn(snapshot);
    const settled = done.flatMap(({ saving: { kind, monthly } }) => (monthly ? [{ kind, monthly }] : []));
    const unknowns = done.length - settled.length;
    if (settled.length === 0 && unknowns > 0) {
      const [first] = done;
      const many = unknowns === 1 ? "1 recommendation was" : `${unknowns} recommendations were`;
      return [
        {
          ...unavailableValue(
            "",
            `${many} carried out, but no saving is known yet. ${first?.saving.explanation ?? ""}`.trim(),
          ),
          unknowns,
        },
      ];
    }
    return currenciesIn(snapshot, settled).map((currency) => {
      const mine = settled.filter(({ monthly }) => monthly.currency === currency);
      const value = mine.reduce((sum, { monthly }) => sum.plus(monthly.amount), new Decimal(0)).toDecimalPlaces(18);
      return {
        ...unavailableValue(currency, ""),
        value,
        numerator: value,
        unknowns,
        exclusions: [],
        parts: [countPart("Carried out in 12 months", done.length), countPart("With a known saving", mine.length)],
        asOf: kpiScope(snapshot).asOf,
        unavailable: null,
        caveats: [
          ...(done.length === 0 ? ["No recommendation was carried out in the last 12 months."] : []),
          ...(unknowns > 0
            ? [`The saving of ${unknowns} ${unknowns === 1 ? "recommendation" : "recommendations"} is not known yet.`]
            : []),
          ...snapshot.incompleteScopes,
        ],
      };
    });
  },
  contributors(snapshot) {
    const done = doneIn(snapshot);
    const [first = ""] = currenciesIn(
      snapshot,
      done.flatMap(({ saving: { monthly } }) => (monthly ? [{ monthly }] : [])),
    );
    return done.map(({ broker, saving }): KpiContributor => {
      const title = RECOMMENDATION_KIND_DEFINITIONS.find(({ id }) => id === saving.kind)?.title ?? saving.kind;
      return {
        series: saving.monthly?.currency ?? first,
        group: saving.monthly ? "numerator" : "unknown",
        subject: { kind: "broker", broker },
        reason: `${title}, done by ${saving.endedOn}. ${saving.explanation}`,
        amount: saving.monthly ? { value: saving.monthly.amount.toFixed(), unit: "money-per-month" } : null,
      };
    });
  },
});

/** Gone brokers are among them: deleting is how most waste ends. */
function doneIn(snapshot: FleetSnapshot): Done[] {
  const since = addDays(snapshot.today, -REALISED_COUNTS_DAYS);
  return snapshot.brokers.flatMap((broker) =>
    (broker.advice?.realised ?? []).flatMap((saving) => (saving.endedOn >= since ? [{ broker, saving }] : [])),
  );
}

function currenciesIn(
  snapshot: FleetSnapshot,
  settled: readonly { monthly: { currency: string } }[],
): readonly string[] {
  const own = [...new Set(settled.map(({ monthly }) => monthly.currency))].sort();
  return own.length > 0 ? own : currenciesOf(snapshot, []);
}
