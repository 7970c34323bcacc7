import { isHighlyAvailable } from "@/lib/domain/broker";
import type { Engine } from "@/lib/domain/engine-version";
import { defineKpi, type KpiBroker } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, shareContributors, shareOfBrokers } from "@/lib/kpis/kpi-scope";

export const haCoverage = defineKpi({
  id: "ha-coverage",
  version: 1,
  title: "High availability in production",
  definition:
    "Production ActiveMQ brokers in deployment mode ACTIVE_STANDBY_MULTI_AZ plus production RabbitMQ brokers in CLUSTER_MULTI_AZ, by all production " +
    "brokers in scope. A broker that no tag and no account default classifies counts as production unless a setting says otherwise, as does one " +
    "with a non-production tag in a production account; both are counted apart. Where the mode or the tags are not known, and for brokers " +
    "last observed more than 3 days ago, a broker is in the denominator only.",
  numeratorLabel: "production brokers that are highly available",
  denominatorLabel: "production brokers in scope",
  unit: "percent",
  direction: "up-is-good",
  target: 100,
  source: "Seed 001: percentage of production brokers in a highly available deployment mode",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    const production = scope.brokers.filter((broker) => broker.snapshot.environment.countsAsProduction);
    const available = new Map<Engine | undefined, number>();
    const value = shareOfBrokers(scope, production, (broker) => {
      const { engine } = broker.snapshot.attributes;
      const counts = highAvailability(broker);
      if (counts) available.set(engine, (available.get(engine) ?? 0) + 1);
      return counts;
    });
    const ofEngine = (engine: string) => production.filter((b) => b.snapshot.attributes.engine === engine).length;
    const outside = scope.brokers.length - production.length;
    return [
      {
        ...value,
        exclusions:
          outside > 0 ? [...value.exclusions, { reason: "Not production", count: outside }] : value.exclusions,
        unavailable:
          value.unavailable ?? (production.length === 0 ? "None of the brokers in scope here is production." : null),
        parts: [
          countPart("ActiveMQ on active/standby", available.get("ACTIVEMQ") ?? 0),
          countPart("ActiveMQ production brokers", ofEngine("ACTIVEMQ")),
          countPart("RabbitMQ on a cluster", available.get("RABBITMQ") ?? 0),
          countPart("RabbitMQ production brokers", ofEngine("RABBITMQ")),
          countPart("Unclassified, counted as production", production.filter(isUnclassified).length),
          countPart("Non-production tag in a production account", production.filter(isInConflict).length),
        ],
      },
    ];
  },
  contributors: (snapshot) =>
    shareContributors(snapshot, {
      outside: ({ snapshot: { environment } }) => (environment.countsAsProduction ? null : "Not production"),
      answer: highAvailability,
      reason: (broker) =>
        isUnclassified(broker)
          ? "Unclassified, counted as production"
          : isInConflict(broker)
            ? "Non-production tag in a production account"
            : null,
    }),
});

/** Whether a broker runs in its engine's highly available deployment mode; null when that is not known. */
function highAvailability(broker: KpiBroker): boolean | null {
  const { engine, deploymentMode } = broker.snapshot.attributes;
  return wasDescribed(broker) ? isHighlyAvailable(engine, deploymentMode) : null;
}

/** Never described means tags never read: that the broker is production would be a guess. */
function wasDescribed({ snapshot: { attributes } }: KpiBroker): boolean {
  return attributes.tags !== undefined || attributes.engineVersion !== undefined;
}

function isUnclassified({ snapshot }: KpiBroker): boolean {
  return snapshot.environment.environment === "unclassified";
}

function isInConflict({ snapshot }: KpiBroker): boolean {
  return snapshot.environment.conflictWithAccountDefault;
}
