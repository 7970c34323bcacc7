import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { apiSection } from "@/scripts/bench/api-section";
import { authorizationSection } from "@/scripts/bench/authorization-section";
import { keepsLimit, type Section } from "@/scripts/bench/figure";
import { findingsSection } from "@/scripts/bench/findings-section";
import { kpisSection } from "@/scripts/bench/kpis-section";
import { notificationsSection } from "@/scripts/bench/notifications-section";
import { recommendationsSection } from "@/scripts/bench/recommendations-section";
import { reportSection } from "@/scripts/bench/report-section";
import { rulesSection } from "@/scripts/bench/rules-section";
import { scaleSync, throttledSync } from "@/scripts/bench/sync-sections";
import { topologySection } from "@/scripts/bench/topology-section";

/**
 * Measures what the product promises and prints JSON: each figure beside its limit or comparison. Exit code 1 when a limit is not kept.
 *   --only a,b       sections: sync-scale, sync-throttled, kpis, rules, findings, recommendations, topology, report, notifications, authorization, api
 *   --brokers N      brokers of the large organisation (10,000)
 */
const { values } = parseArgs({ options: { only: { type: "string" }, brokers: { type: "string", default: "10000" } } });
const brokers = Number(values.brokers);
if (!Number.isInteger(brokers) || brokers < 1) throw new Error(`--brokers ${values.brokers} is no number of brokers`);

const SECTIONS: Readonly<Record<string, () => Promise<Section>>> = {
  "sync-scale": () => scaleSync(brokers, 50),
  "sync-throttled": () => throttledSync(1_000),
  kpis: () => kpisSection(brokers),
  rules: () => rulesSection(brokers),
  findings: findingsSection,
  recommendations: recommendationsSection,
  topology: () => topologySection(500),
  report: () => reportSection(brokers),
  notifications: notificationsSection,
  authorization: authorizationSection,
  api: () => apiSection(brokers),
};
const wanted = values.only?.split(",") ?? Object.keys(SECTIONS);
const sections: Section[] = [];
for (const name of wanted) {
  const run = SECTIONS[name];
  if (!run) throw new Error(`no section ${name}; there are ${Object.keys(SECTIONS).join(", ")}`);
  console.error(`bench: ${name} ...`);
  const section = await run();
  for (const figure of section.figures) {
    console.error(
      `bench:   ${keepsLimit(figure) === false ? "OVER " : ""}${figure.name}: ${figure.value} ${figure.unit}`,
    );
  }
  sections.push(section);
}
const report = {
  machine: {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  sections: sections.map((s) => ({ ...s, figures: s.figures.map((f) => ({ ...f, kept: keepsLimit(f) })) })),
};
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.sections.some((s) => s.figures.some((f) => f.kept === false)) ? 1 : 0;
