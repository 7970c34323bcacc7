import { defineKpi } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, shareOfBrokers } from "@/lib/kpis/kpi-scope";

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
    const value = shareOfBrokers(scope, scope.brokers, ({ support }) => {
      if (support.state === "unknown") return null;
      states[support.state] += 1;
      return support.state !== "past-end-of-support";
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
});
