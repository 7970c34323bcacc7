import { isHighlyAvailable } from "@/lib/domain/broker";
import { defineKpi, type FleetSnapshot, type KpiBroker, type KpiValue } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, type ShareQuestion, shareContributors, shareValue } from "@/lib/kpis/kpi-scope";

const QUESTION: ShareQuestion = {
  outside: ({ snapshot: { environment, attributes } }) => {
    if (!environment.countsAsProduction) return "Not production";
    return attributes.engine === "ACTIVEMQ" ? null : "Not ActiveMQ";
  },
  answer: ({ mesh }) => mesh?.joined ?? null,
  reason: ({ mesh }) => mesh?.reason ?? "Its mesh was not looked at",
};

export const meshCoverage = defineKpi({
  id: "mesh-coverage",
  version: 2,
  title: "Mesh coverage",
  definition:
    "Production ActiveMQ brokers that the current configurations join to other production brokers in two or more zone ids, with a connector that the " +
    "metric NetworkConnectorConnectionCount shows connected within the last day, by all production ActiveMQ brokers in scope. Without metric, without zone " +
    "ids or where a configuration was not read, a broker is unknown and in the denominator only; where that is all that is known of those with connectors, so is the " +
    "figure. RabbitMQ has no such network; its cluster coverage stands beside.",
  numeratorLabel: "production ActiveMQ brokers joined and connected",
  denominatorLabel: "production ActiveMQ brokers in scope",
  unit: "percent",
  direction: "up-is-good",
  target: 100,
  source: "Seed 002: production brokers in a network of brokers",
  compute: (snapshot) => {
    const value = shareValue(snapshot, QUESTION, "None of the brokers in scope here is a production ActiveMQ broker.");
    const parts = [...unknownParts(snapshot), ...clusterParts(snapshot)];
    // Without the metric nobody can be joined: 0 % would be a figure about what was read, not about brokers.
    const unavailable = value.numerator?.isZero() && value.unknowns > 0 ? notTold(value.unknowns) : value.unavailable;
    return [{ ...value, value: unavailable === null ? value.value : null, unavailable, parts }];
  },
  contributors: (snapshot) => shareContributors(snapshot, QUESTION),
});

function notTold(brokers: number): string {
  return `No broker is known to be connected, and of ${brokers} ${brokers === 1 ? "broker" : "brokers"} it is not known.`;
}

/** Why brokers are unknown: what would have to be read. */
function unknownParts(snapshot: FleetSnapshot): KpiValue["parts"] {
  const reasons = new Map<string, number>();
  for (const broker of production(snapshot)) {
    if (broker.snapshot.attributes.engine !== "ACTIVEMQ" || broker.stale || (broker.mesh?.joined ?? null) !== null)
      continue;
    const reason = broker.mesh?.reason ?? "Its mesh was not looked at";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => countPart(`Unknown: ${reason}`, count));
}

function clusterParts(snapshot: FleetSnapshot): KpiValue["parts"] {
  const rabbits = production(snapshot).filter(({ snapshot: { attributes } }) => attributes.engine === "RABBITMQ");
  const clusters = rabbits.filter(
    ({ stale, snapshot: { attributes } }) => !stale && isHighlyAvailable(attributes.engine, attributes.deploymentMode),
  );
  return [
    countPart("RabbitMQ on a cluster", clusters.length),
    countPart("RabbitMQ production brokers", rabbits.length),
  ];
}

function production(snapshot: FleetSnapshot): readonly KpiBroker[] {
  return kpiScope(snapshot).brokers.filter((broker) => broker.snapshot.environment.countsAsProduction);
}
