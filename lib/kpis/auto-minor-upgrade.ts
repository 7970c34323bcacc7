import { autoMinorMandated, type Engine } from "@/lib/domain/engine-version";
import { defineKpi, type KpiBroker, type KpiValue } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, percent, shareContributors, shareOfBrokers } from "@/lib/kpis/kpi-scope";

type Mandate = "mandated" | "choice" | "unknown";

export const autoMinorUpgrade = defineKpi({
  id: "auto-minor-upgrade",
  version: 1,
  title: "Automatic minor upgrades",
  definition:
    "Brokers with automatic minor version upgrades on, by all brokers in scope. AWS demands the setting from ActiveMQ 5.18 and RabbitMQ 3.13 on; only " +
    "the part by choice says what owners decided. Where the setting is not known, and for brokers last observed more than 3 days ago, a broker is in " +
    "the denominator only.",
  numeratorLabel: "brokers with automatic minor upgrades on",
  denominatorLabel: "brokers in scope",
  unit: "percent",
  direction: "up-is-good",
  target: 100,
  source: "Seed 000: percentage of brokers with AutoMinorVersionUpgrade enabled",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    const on = { mandated: 0, choice: 0, unknown: 0 };
    const all = { mandated: 0, choice: 0, unknown: 0 };
    const mandateOf = mandateByVersion();
    const value = shareOfBrokers(scope, scope.brokers, (broker) => {
      const mandate = mandateOf(broker);
      all[mandate] += 1;
      const enabled = isOn(broker);
      if (enabled) on[mandate] += 1;
      return enabled;
    });
    return [{ ...value, parts: [...mandateParts(on, all)] }];
  },
  contributors(snapshot) {
    const mandateOf = mandateByVersion();
    return shareContributors(snapshot, { answer: isOn, reason: (broker) => MANDATE_LABELS[mandateOf(broker)] });
  },
});

const MANDATE_LABELS: Readonly<Record<Mandate, string>> = {
  mandated: "Mandated by AWS",
  choice: "By choice",
  unknown: "Mandate unknown",
};

function isOn({ snapshot }: KpiBroker): boolean | null {
  return snapshot.attributes.autoMinorVersionUpgrade ?? null;
}

/** A fleet runs a few dozen versions: each is parsed once. */
function mandateByVersion(): (broker: KpiBroker) => Mandate {
  const known = new Map<string, Mandate>();
  return ({ snapshot: { attributes } }) => {
    const { engine, engineVersion } = attributes;
    if (!engine || !engineVersion) return "unknown";
    const key = `${engine} ${engineVersion}`;
    const mandate = known.get(key) ?? mandateOfVersion(engine, engineVersion);
    known.set(key, mandate);
    return mandate;
  };
}

function mandateOfVersion(engine: Engine, engineVersion: string): Mandate {
  const mandated = autoMinorMandated(engine, engineVersion);
  return mandated === null ? "unknown" : mandated ? "mandated" : "choice";
}

function mandateParts(on: Record<Mandate, number>, all: Record<Mandate, number>): KpiValue["parts"] {
  return [
    countPart("Mandated by AWS: on", on.mandated),
    countPart("Mandated by AWS: brokers", all.mandated),
    countPart("By choice: on", on.choice),
    countPart("By choice: brokers", all.choice),
    ...(all.choice > 0
      ? [{ label: "By choice: share", value: percent(on.choice, all.choice).toFixed(), unit: "percent" as const }]
      : []),
    ...(all.unknown > 0
      ? [countPart("Mandate unknown: on", on.unknown), countPart("Mandate unknown: brokers", all.unknown)]
      : []),
  ];
}
