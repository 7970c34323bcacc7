import type { BrokerItem } from "@/lib/contracts/brokers";

/** A share of brokers, counted one by one. */
export interface NaiveShare {
  numerator: number;
  denominator: number;
  unknowns: number;
}

type Answer = (broker: BrokerItem) => boolean | null;

/** What each KPI over brokers asks a broker that was observed lately; null where that is not known. */
const ASKED: Readonly<Record<string, { of: (broker: BrokerItem) => boolean; answer: Answer }>> = {
  "supported-versions": {
    of: () => true,
    answer: ({ support }) =>
      support.status === "unknown" ? null : support.status === "supported" || support.status === "ending",
  },
  "auto-minor-upgrade": { of: () => true, answer: (broker) => broker.autoMinorVersionUpgrade },
  "ha-coverage": {
    of: (broker) => broker.countsAsProduction,
    answer: (broker) => (isDescribed(broker) ? broker.highlyAvailable : null),
  },
  "owner-coverage": {
    of: () => true,
    answer: (broker) => {
      if (broker.owner?.source === "tag" || broker.owner?.source === "assignment") return true;
      return isDescribed(broker) ? false : null;
    },
  },
};

export const NAIVE_KPIS: readonly string[] = Object.keys(ASKED);

/** A KPI as anybody can count it from the list of brokers: in scope means in service, no replica and not gone. */
export function naiveShare(kpi: string, brokers: readonly BrokerItem[]): NaiveShare {
  const asked = ASKED[kpi];
  if (!asked) throw new Error(`no naive form of ${kpi}`);
  const counted = brokers.filter((broker) => broker.presence === "in-scope" && asked.of(broker));
  const answers = counted.map((broker) => (broker.stale ? null : asked.answer(broker)));
  return {
    numerator: answers.filter((answer) => answer === true).length,
    denominator: counted.length,
    unknowns: answers.filter((answer) => answer === null).length,
  };
}

/** The key of a broker in a dimension. */
export function naiveKey(broker: BrokerItem, dimension: string): string {
  switch (dimension) {
    case "account":
      return broker.accountId;
    case "region":
      return broker.region;
    case "engine":
      return broker.engine;
    case "environment":
      return broker.environment;
    default:
      return broker.owner?.key ?? "(none)";
  }
}

function isDescribed(broker: BrokerItem): boolean {
  // A description tells the version, but for the previews of the demo organisation.
  return broker.engineVersion !== null || broker.name.includes("-preview-");
}
