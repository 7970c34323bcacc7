import { defineKpi, type KpiBroker } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, shareContributors, shareOfBrokers } from "@/lib/kpis/kpi-scope";

export const supportedVersions = defineKpi({
  id: "supported-versions",
  version: 1,
  title: "Supported versions",
  definition:
    "Brokers whose engine line is not past AWS's end of support, by all brokers in scope. Lines of which the end of support is unknown, and brokers " +
    "last observed more than 3 days ago, are in the denominator only. Brokers that are ending are still supported and shown apart.",
  numeratorLabel: "brokers on a supported line",
  denominatorLabel: "brokers in scope",
  unit: "percent",
  direction: "up-is-good",
  target: 100,
  source: "Seed 000: percentage of Amazon MQ brokers running a supported engine version",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    const states = { supported: 0, ending: 0, "past-end-of-support": 0 };
    const value = shareOfBrokers(scope, scope.brokers, (broker) => {
      if (broker.support.state !== "unknown") states[broker.support.state] += 1;
      return isSupported(broker);
    });
    return [
      {
        ...value,
        parts: [
          countPart("Supported", states.supported),
          countPart("Ending within 180 days", states.ending),
          countPart("Past end of support", states["past-end-of-support"]),
        ],
      },
    ];
  },
  contributors: (snapshot) =>
    shareContributors(snapshot, { answer: isSupported, reason: ({ support }) => support.explanation }),
});

function isSupported({ support: { state } }: KpiBroker): boolean | null {
  return state === "unknown" ? null : state !== "past-end-of-support";
}
