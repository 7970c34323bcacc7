import type { QuarterlyReport, Section } from "@/lib/domain/report-document";
import { KPIS } from "@/lib/kpis/registry";
import { changesSection, dataQualitySection, definitionSections, signOffSection } from "@/lib/reports/basis-sections";
import { costSection } from "@/lib/reports/cost-section";
import { exposureSection, headlineFigures, kpiSection, trendSection } from "@/lib/reports/figures-sections";
import { acceptancesSection, findingsSection, risksSection } from "@/lib/reports/findings-sections";
import { comingQuarters } from "@/lib/reports/fleet-figures";
import { kpiLines } from "@/lib/reports/kpi-lines";
import { breakdownSection, ownerSections } from "@/lib/reports/owner-sections";
import { plansSection } from "@/lib/reports/plans-section";
import { registerSection } from "@/lib/reports/register-section";
import type { ReportFacts } from "@/lib/reports/report-facts";
import { summarySentences } from "@/lib/reports/summary-sentences";

/** The part of a report that follows from its facts: not who computed it, when, nor its number. */
export type ReportContent = Pick<QuarterlyReport, "summary" | "sections" | "kpis" | "rules">;

/** Computes a report's sentences, figures and tables. Pure: the same facts give the same report. */
export function buildReport(facts: ReportFacts, inputs: QuarterlyReport["inputs"]): ReportContent {
  const lines = kpiLines(facts);
  const kpis = KPIS.map(({ id, version, title, definition, source }) => ({ id, version, title, definition, source }));
  const coming = comingQuarters(facts);
  const next = coming[0] ?? facts.quarter;
  const summary: Section = { id: "summary", title: "Summary", group: "report", blocks: [headlineFigures(lines)] };
  return {
    summary: summarySentences(facts, lines),
    sections: [
      summary,
      kpiSection(facts, lines),
      trendSection(facts, lines),
      exposureSection(facts),
      findingsSection(facts, lines),
      acceptancesSection(facts, next),
      registerSection(facts, lines),
      costSection(facts, lines),
      plansSection(facts),
      risksSection(facts),
      breakdownSection(facts),
      changesSection(facts),
      dataQualitySection(facts, lines),
      ...ownerSections(facts),
      ...definitionSections(facts, kpis, inputs),
      signOffSection(),
    ],
    kpis,
    rules: facts.rules,
  };
}
