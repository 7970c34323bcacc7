import { isHighlyAvailable } from "@/lib/domain/broker";
import { addMonths, instantAtStartUtc } from "@/lib/domain/plain-date";
import { defineKpi, type FleetSnapshot, type KpiBroker } from "@/lib/kpis/define-kpi";
import { type ShareQuestion, shareContributors, shareValue } from "@/lib/kpis/kpi-scope";
import { registerBasis, unavailableValue } from "@/lib/kpis/register-basis";

/** A drill vouches for a broker this long. */
const MONTHS = 12;

export const drillCoverage = defineKpi({
  id: "drill-coverage",
  version: 1,
  title: "Fail-over drills",
  definition:
    "Production brokers in a highly available deployment mode with a successful fail-over drill in the 12 months up to the end of the quarter, by all " +
    "such brokers. A broker whose deployment mode is not known is in neither. Told only when the register is attested for the quarter and every " +
    "suggested incident was reviewed.",
  numeratorLabel: "brokers with a successful drill in 12 months",
  denominatorLabel: "highly available production brokers",
  unit: "percent",
  direction: "up-is-good",
  target: 100,
  source: "Seeds 001 and 002: fail-over is tested",
  compute(snapshot) {
    const basis = registerBasis(snapshot);
    if (basis.reason !== null) return [unavailableValue("", basis.reason)];
    const value = shareValue(snapshot, questionOf(snapshot), "No production broker here is highly available.");
    // A report hands in the quarter and the fleet of its end; else the brokers are those of today.
    const caveat = snapshot.period
      ? `As of the end of ${basis.name}, the last quarter attested.`
      : `Drills up to the end of ${basis.name}, the last quarter attested; brokers as they are today.`;
    return [{ ...value, caveats: [caveat, ...value.caveats] }];
  },
  contributors: (snapshot) =>
    registerBasis(snapshot).reason === null ? shareContributors(snapshot, questionOf(snapshot)) : [],
});

function questionOf(snapshot: FleetSnapshot): ShareQuestion {
  const basis = registerBasis(snapshot);
  const drilled = new Set<number>();
  if (basis.reason === null) {
    const until = instantAtStartUtc(basis.quarter.endExclusive);
    const from = instantAtStartUtc(addMonths(basis.quarter.endExclusive, -MONTHS));
    for (const { startedAt, successful, brokers } of basis.register.drills) {
      if (!successful || startedAt === null || startedAt < from || startedAt >= until) continue;
      for (const { id } of brokers) drilled.add(id);
    }
  }
  return { outside, answer: ({ id }) => drilled.has(id) };
}

function outside({ snapshot: { attributes, environment } }: KpiBroker): string | null {
  if (!environment.countsAsProduction) return "Not production";
  const available = isHighlyAvailable(attributes.engine, attributes.deploymentMode);
  if (available === null) return "Deployment mode not known";
  return available ? null : "Not highly available";
}
