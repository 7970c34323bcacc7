import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { z } from "zod";
import type { reportInput, reportIssued } from "@/lib/contracts/reports";
import { findAccount } from "@/lib/db/account-store";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { ownerFigures, ownerIdOf } from "@/lib/db/owner-queries";
import { insertReport, lockReports, type ReportRow, reportRow, reportRows } from "@/lib/db/report-store";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { addDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { PRODUCT } from "@/lib/domain/product";
import { compareQuarters, parseQuarter, quarterOf } from "@/lib/domain/quarter";
import type { QuarterlyReport, ReportLists, ReportScope, ReportStage } from "@/lib/domain/report-document";
import { buildReport } from "@/lib/reports/build-report";
import { completeLists } from "@/lib/reports/complete-lists";
import { registerGap } from "@/lib/reports/register-section";
import type { ReportFacts } from "@/lib/reports/report-facts";
import { auditedBy } from "@/lib/services/audited-by";
import { type CollectedFacts, collectReportFacts } from "@/lib/services/collect-report-facts";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { assertMayActFor } from "@/lib/services/owner-scope";
import { reportItemOf } from "@/lib/services/read/report-item";
import { announceReport } from "@/lib/services/report-ready";

const TIMEOUT_MS = 300_000;

/** The first day of the quarter after on which a report can be final (semantics: quarterly report, "default on day 10"), counted from 1. */
const FINAL_FROM_DAY = 10;

type Issued = z.input<typeof reportIssued>;

/**
 * Computes a report of a quarter and scope and freezes it as a new version. Where nothing changed since the newest version, that one is answered.
 * Errors: invalid-input for what is no quarter, lies ahead, or has no such scope; forbidden for whoever may not see the scope; conflict where a final
 * report would change and nobody says why.
 */
export async function issueReport({ ctx, input }: { ctx: Ctx; input: z.output<typeof reportInput> }): Promise<Issued> {
  const issued = await issueReportIf({ ctx, input, wanted: () => true });
  if (!issued) throw new AppError("internal", "a report that was asked for was not made");
  return issued;
}

/** As `issueReport`, but only where its stage is wanted; else null, and nothing is written. */
export function issueReportIf({
  ctx,
  input,
  wanted,
}: {
  ctx: Ctx;
  input: z.output<typeof reportInput>;
  wanted: (stage: ReportStage) => boolean;
}): Promise<Issued | null> {
  return ctx.db.transaction(
    async (tx) => {
      const { scope, ownerId } = await scopeOf(tx, input);
      assertMayActFor(ctx, "reports:issue", ownerId);
      const firstMonth = (await currentSettings(tx)).fiscalYearStartMonth;
      const quarter = parseQuarter(input.quarter, firstMonth);
      const today = plainDateFromInstantUtc(ctx.clock.now());
      if (compareQuarters(quarter, quarterOf(today, firstMonth)) > 0)
        throw new AppError("invalid-input", `${input.quarter} has not begun.`, { details: { field: "quarter" } });
      await lockReports(tx);
      const versions = await reportRows(tx, {
        quarter: input.quarter,
        scope: scope.kind,
        key: scope.key,
        owners: "all",
      });
      const collected = await collectReportFacts({ ctx: { ...ctx, db: tx }, input: { quarter, scope } });
      const made = makeVersion(ctx, collected, versions, input.reason ?? null);
      if (!wanted(made.document.stage)) return null;
      const [newest] = versions;
      if (newest && newest.figuresSha256 === made.figuresSha256)
        return { report: reportItemOf(newest), created: false };
      if (made.document.stage === "correction" && made.document.reason === null)
        throw new AppError("conflict", `The final report of ${input.quarter} would change: say why it is corrected.`, {
          details: { field: "reason" },
        });
      const id = await insertReport(tx, rowOf(made, ownerId));
      const row = await reportRow(tx, id);
      if (!row) throw new AppError("internal", "a report that was just stored is not there");
      await appendAuditEvent(tx, {
        ...auditedBy(ctx),
        action: "report.issue",
        permission: "reports:issue",
        subjectType: "report",
        subjectKey: String(id),
        before: null,
        after: {
          quarter: row.quarter,
          scope,
          number: row.number,
          stage: row.stage,
          sha256: row.sha256,
          reason: row.reason,
        },
      });
      await announceReport(tx, { ctx, row });
      return { report: reportItemOf(row), created: true };
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

async function scopeOf(
  tx: Database,
  { scope, key }: z.output<typeof reportInput>,
): Promise<{ scope: ReportScope; ownerId: number | null }> {
  if (scope === "all") return { scope: { kind: "all", key: "", label: "All accounts and owners" }, ownerId: null };
  if (scope === "account") {
    const account = await findAccount(tx, key);
    if (!account) throw new AppError("invalid-input", `There is no account ${key}.`, { details: { field: "key" } });
    const label = account.name ? `${account.name} (${key})` : key;
    return { scope: { kind: "account", key, label: `Account ${label}` }, ownerId: null };
  }
  const id = await ownerIdOf(tx, key);
  const [owner] =
    id === null ? [] : await ownerFigures(tx, { now: new Date(0), until: new Date(0), today: "1970-01-01", id });
  if (!owner) throw new AppError("invalid-input", `There is no owner ${key}.`, { details: { field: "key" } });
  return { scope: { kind: "owner", key: owner.key, label: `Owner ${owner.displayName}` }, ownerId: owner.id };
}

interface MadeVersion {
  document: QuarterlyReport;
  lists: ReportLists;
  figuresSha256: string;
}

function makeVersion(
  ctx: Ctx,
  collected: CollectedFacts,
  versions: readonly ReportRow[],
  reason: string | null,
): MadeVersion {
  const open = whyOpen(collected, plainDateFromInstantUtc(ctx.clock.now()));
  const stage = stageOf(collected, open, versions);
  const facts: ReportFacts = { ...collected, stage, open };
  const inputs = inputsOf(facts);
  const content = buildReport(facts, inputs);
  const lists = completeLists(facts);
  const listHeads = lists.map(({ rows, ...head }) => ({
    ...head,
    rows: rows.length,
    sha256: sha256Of(canonicalJson(rows)),
  }));
  const figures = { ...content, open, inputs, lists: listHeads };
  const document: QuarterlyReport = {
    schema: 1,
    product: PRODUCT,
    quarter: facts.quarter.name,
    start: facts.quarter.start,
    endExclusive: facts.quarter.endExclusive,
    previousQuarter: facts.previous.name,
    stage,
    number: (versions[0]?.number ?? 0) + 1,
    scope: facts.scope,
    asOf: facts.at.toISOString(),
    computedAt: ctx.clock.now().toISOString(),
    computedBy: ctx.actor.name,
    reason,
    ...figures,
  };
  return {
    document,
    lists: Object.fromEntries(lists.map(({ id, rows }) => [id, rows])),
    figuresSha256: sha256Of(canonicalJson({ stage: stage === "correction" ? "final" : stage, ...figures })),
  };
}

/** Why the report of a quarter is not final yet (semantics: quarterly report). */
function whyOpen(facts: CollectedFacts, today: PlainDate): string[] {
  if (facts.running) return [`${facts.quarter.name} is not over: every figure is to date.`];
  const { estimatedDays } = facts.costs;
  const gap = registerGap({ ...facts, stage: "preliminary", open: [] });
  const finalFrom = addDays(facts.quarter.endExclusive, FINAL_FROM_DAY - 1);
  return [
    ...(today < finalFrom ? [`It can be final from ${finalFrom} on.`] : []),
    ...(estimatedDays > 0
      ? [
          `AWS still marks the cost of ${estimatedDays} ${estimatedDays === 1 ? "day" : "days"} of ${facts.quarter.name} as estimated.`,
        ]
      : []),
    ...(gap === null ? [] : [gap]),
  ];
}

function stageOf({ running }: CollectedFacts, open: readonly string[], versions: readonly ReportRow[]): ReportStage {
  if (running) return "to-date";
  if (versions.some(({ stage }) => stage === "final")) return "correction";
  return open.length > 0 ? "preliminary" : "final";
}

/** What it was computed from, with hashes: the same inputs give the same report. */
function inputsOf(facts: ReportFacts): QuarterlyReport["inputs"] {
  const rows: [string, readonly unknown[]][] = [
    ["Brokers at the end of the quarter", facts.fleet.brokers],
    ["Findings", facts.findings],
    ["Episodes behind key figures", facts.fleet.episodes],
    ["Daily snapshot of the quarter", facts.kpiDays],
    ["Daily snapshot of the quarter before", facts.kpiDaysBefore],
    ["Points of trends", facts.kpiPoints],
    ["Targets", [...facts.targets]],
    ["Acceptances", facts.acceptances],
    ["Plans", facts.plans],
    ["Incidents and drills", [...(facts.fleet.register?.incidents ?? []), ...(facts.fleet.register?.drills ?? [])]],
    ["Costs", [facts.costs]],
    ["Days of syncs", facts.syncDays],
    ["Scopes not read in full", facts.failedScopes],
    ["Reclassifications and changes of scope", [...facts.reclassified, ...facts.scopeChanges]],
    ["Support calendar", facts.calendar],
    ["Rules", facts.rules],
  ];
  return rows.map(([name, values]) => ({ name, rows: values.length, sha256: sha256Of(canonicalJson(values)) }));
}

function rowOf({ document, lists, figuresSha256 }: MadeVersion, ownerId: number | null) {
  const text = canonicalJson(document);
  return {
    quarter: document.quarter,
    startOn: document.start,
    endExclusive: document.endExclusive,
    scope: document.scope.kind,
    scopeKey: document.scope.key,
    scopeLabel: document.scope.label,
    ownerId,
    number: document.number,
    stage: document.stage,
    reason: document.reason,
    open: document.open,
    asOf: new Date(document.asOf),
    computedAt: new Date(document.computedAt),
    computedBy: document.computedBy,
    document: text,
    sha256: sha256Of(text),
    figuresSha256,
    lists: gzipSync(canonicalJson(lists)),
  };
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
