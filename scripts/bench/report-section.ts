import { spawn } from "node:child_process";
import { gzipSync } from "node:zlib";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { SEVERITIES } from "@/lib/domain/finding";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";
import { PRODUCT } from "@/lib/domain/product";
import type { QuarterlyReport } from "@/lib/domain/report-document";
import { KPIS } from "@/lib/kpis/registry";
import { buildReport } from "@/lib/reports/build-report";
import { completeLists } from "@/lib/reports/complete-lists";
import type { ReportFacts, ReportFinding } from "@/lib/reports/report-facts";
import { ALL_RULES } from "@/lib/rules/registry";
import { reportSheets } from "@/lib/services/read/report-sheets";
import { workbook } from "@/lib/services/read/xlsx";
import { rendererArguments } from "@/lib/services/render-report";
import { buildLargeFleet } from "@/lib/testing/build-fleet";
import { buildKpiDay, buildReportFacts, buildReportFinding } from "@/lib/testing/build-report-facts";
import { quantile, rounded, type Section } from "@/scripts/bench/figure";

const OWNERS = 200;
const FINDINGS_PER_BROKER = 6;
const RUNS = 3;
const LIMITS = { summarySeconds: 3, wholeSeconds: 15, rssMb: 800 };

/** Tells the peak of the child's memory, in KB, as it ends. */
const PEAK = `data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))`;

interface Drawn {
  seconds: number;
  peakMb: number;
  bytes: number;
}

/** The PDF of a large organisation, drawn by the child process that the product uses; beside it what computing the report and its spreadsheet take. */
export async function reportSection(brokers: number): Promise<Section> {
  const facts = largeFacts(brokers);
  const computing = performance.now();
  const content = buildReport(facts, []);
  const lists = completeLists(facts);
  const computed = (performance.now() - computing) / 1000;
  const report: QuarterlyReport = {
    ...headOf(facts),
    ...content,
    lists: lists.map(({ rows, ...head }) => ({ ...head, rows: rows.length, sha256: "" })),
  };
  const writing = performance.now();
  const sheet = workbook(reportSheets(report, Object.fromEntries(lists.map(({ id, rows }) => [id, rows]))));
  const written = (performance.now() - writing) / 1000;
  const text = canonicalJson(report);
  const summary: Drawn[] = [];
  const whole: Drawn[] = [];
  for (let run = 0; run < RUNS; run++) {
    summary.push(await draw(text, false));
    whole.push(await draw(text, true));
  }
  const owners = report.sections.filter(({ group }) => group === "owner").length;
  const seconds = (runs: readonly Drawn[]) =>
    rounded(
      quantile(
        runs.map((run) => run.seconds),
        0.5,
      ),
    );
  const all = (runs: readonly Drawn[]) => `all runs: ${runs.map((run) => rounded(run.seconds)).join(", ")} s`;
  return {
    section: "report",
    setup:
      `${brokers} brokers, ${facts.findings.length} findings, ${owners} owner pages; the report is ${rounded(text.length / 1e6)} MB of JSON, its lists ` +
      `${rounded(gzipSync(canonicalJson(lists)).length / 1e6)} MB packed; PDF of ${rounded((whole[0]?.bytes ?? 0) / 1e6)} MB`,
    figures: [
      {
        name: "PDF without pages of owners (median of 3, child process)",
        value: seconds(summary),
        unit: "s",
        limit: LIMITS.summarySeconds,
        comparison: all(summary),
      },
      {
        name: "PDF with all pages of owners (median of 3, child process)",
        value: seconds(whole),
        unit: "s",
        limit: LIMITS.wholeSeconds,
        comparison: all(whole),
      },
      {
        name: "Peak memory of the child",
        value: Math.max(...whole.map(({ peakMb }) => peakMb)),
        unit: "MB",
        limit: LIMITS.rssMb,
      },
      { name: "Computing the report of facts that were read", value: rounded(computed), unit: "s" },
      {
        name: "Writing the spreadsheet with complete lists",
        value: rounded(written),
        unit: "s",
        comparison: `${rounded(sheet.length / 1e6)} MB`,
      },
    ],
  };
}

function headOf(facts: ReportFacts): Omit<QuarterlyReport, "summary" | "sections" | "kpis" | "rules" | "lists"> {
  return {
    schema: 1,
    product: PRODUCT,
    quarter: facts.quarter.name,
    start: facts.quarter.start,
    endExclusive: facts.quarter.endExclusive,
    previousQuarter: facts.previous.name,
    stage: facts.stage,
    number: 1,
    scope: facts.scope,
    asOf: facts.at.toISOString(),
    computedAt: facts.at.toISOString(),
    computedBy: "bench",
    reason: null,
    open: [],
    inputs: [],
  };
}

function largeFacts(brokers: number): ReportFacts {
  const base = buildReportFacts([]);
  const large = buildLargeFleet(brokers);
  const early = new Date("2026-01-01T00:00:00Z");
  const fleet = {
    ...base.fleet,
    episodes: large.episodes,
    brokers: large.brokers.map((broker, index) => ({
      ...broker,
      stale: false,
      snapshot: {
        ...broker.snapshot,
        firstSeenAt: early,
        goneAt: null,
        owner: { ...broker.snapshot.owner, ownerKey: `team-${index % OWNERS}` },
      },
    })),
  };
  const findings = fleet.brokers.flatMap(({ id, snapshot }, index) =>
    Array.from({ length: FINDINGS_PER_BROKER }, (_, number): ReportFinding => {
      const closed = (index + number) % 4 === 0;
      return buildReportFinding({
        findingId: index * FINDINGS_PER_BROKER + number,
        ruleId: ALL_RULES[(index + number) % ALL_RULES.length]?.id ?? "",
        summary: `CVE-2026-${10_000 + number}: a summary as long as those that rules write about a broker and what it runs, with its evidence (${index}).`,
        severity: SEVERITIES[(index + number) % SEVERITIES.length] ?? "low",
        openAtEnd: !closed,
        closedAt: closed ? new Date("2026-09-01T00:00:00Z") : null,
        closeCause: closed ? "fixed-by-owner" : null,
        brokerId: id,
        subject: snapshot.attributes.name,
        accountId: snapshot.accountId,
        ownerKey: snapshot.owner.ownerKey ?? "(none)",
      });
    }),
  );
  const start = parsePlainDate("2026-04-01");
  const days = Array.from({ length: 183 }, (_, index) => addDays(start, index));
  return {
    ...base,
    fleet,
    fleetBefore: { ...base.fleetBefore, episodes: large.episodes, brokers: fleet.brokers },
    findings,
    kpiDays: KPIS.map(({ id }) => buildKpiDay(id)),
    kpiDaysBefore: KPIS.map(({ id }) => buildKpiDay(id, { value: "90" })),
    kpiPoints: ["supported-versions", "auto-minor-upgrade", "ha-coverage", "mesh-coverage", "owner-coverage"].flatMap(
      (kpiId, line) =>
        days.map((day, index) => ({ kpiId, series: "", day, value: String(60 + line * 5 + (index % 7)) })),
    ),
  };
}

function draw(document: string, owners: boolean): Promise<Drawn> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, ["--import", PEAK, ...rendererArguments()], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    let bytes = 0;
    let said = "";
    child.stdout.on("data", (chunk: Uint8Array) => {
      bytes += chunk.length;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0) return reject(new Error(`the renderer ended with ${code}: ${said}`));
      const peakKb = Number(/peak (\d+)/.exec(said)?.[1] ?? Number.NaN);
      resolve({ seconds: (performance.now() - start) / 1000, peakMb: Math.round(peakKb / 1024), bytes });
    });
    child.stdin.end([JSON.stringify({ format: "pdf", paper: "a4", owners }), document, "{}"].join("\n"));
  });
}
