import { gunzipSync } from "node:zlib";
import type { z } from "zod";
import { quarterlyReport, type reportDetail, type reportListQuery, type reportPage } from "@/lib/contracts/reports";
import { loadAccounts } from "@/lib/db/account-store";
import { loadOwners } from "@/lib/db/owner-store";
import { type ReportRow, reportDocument, reportListBytes, reportRow, reportRows } from "@/lib/db/report-store";
import { AppError } from "@/lib/domain/errors";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { formatQuarter, quarterOf, shiftQuarter } from "@/lib/domain/quarter";
import type { QuarterlyReport, ReportScope } from "@/lib/domain/report-document";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { mayActFor, ownersToActFor } from "@/lib/services/owner-scope";
import { reportItemOf } from "@/lib/services/read/report-item";

/** Quarters of which a report can be asked for: the running one and those before it. */
const QUARTERS = 9;

/** Versions of reports that the actor may see, and what he may compute. */
export async function readReports({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof reportListQuery>;
}): Promise<z.input<typeof reportPage>> {
  const now = ctx.clock.now();
  const [rows, settings, scopes] = await Promise.all([
    reportRows(ctx.db, { ...input, owners: ownersToActFor(ctx.actor, "reports:read") }),
    currentSettings(ctx.db),
    scopesOf(ctx),
  ]);
  const running = quarterOf(plainDateFromInstantUtc(now), settings.fiscalYearStartMonth);
  return {
    items: rows.map(reportItemOf),
    total: rows.length,
    quarters: Array.from({ length: QUARTERS }, (_, index) => ({
      name: formatQuarter(shiftQuarter(running, -index)),
      running: index === 0,
    })),
    scopes,
    asOf: now.toISOString(),
  };
}

async function scopesOf(ctx: Ctx): Promise<ReportScope[]> {
  const may = ctx.actor.permissions === "all" || ctx.actor.permissions.has("reports:issue");
  if (!may) return [];
  const [accounts, owners] = [await loadAccounts(ctx.db), await loadOwners(ctx.db)];
  const whole = mayActFor(ctx.actor, "reports:issue", null);
  return [
    ...(whole ? [{ kind: "all" as const, key: "", label: "All accounts and owners" }] : []),
    ...(whole
      ? accounts
          .filter(({ removedAt }) => removedAt === null)
          .map(({ accountId, name }) => ({
            kind: "account" as const,
            key: accountId,
            label: name ? `${name} (${accountId})` : accountId,
          }))
      : []),
    ...owners
      .filter(({ id }) => mayActFor(ctx.actor, "reports:issue", id))
      .map(({ key, displayName }) => ({ kind: "owner" as const, key, label: displayName })),
  ];
}

/** A version that the actor may see. Errors: not-found, also for what he may not see. */
export async function requireReport({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<ReportRow> {
  const id = /^\d{1,9}$/.test(input.id) ? Number(input.id) : null;
  const row = id === null ? null : await reportRow(ctx.db, id);
  if (!row || !mayActFor(ctx.actor, "reports:read", row.ownerId))
    throw new AppError("not-found", `There is no report ${input.id}.`);
  return row;
}

/** A version with all its figures. Errors: not-found. */
export async function readReport({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<z.input<typeof reportDetail>> {
  const row = await requireReport({ ctx, input });
  return { report: reportItemOf(row), document: parseReport(await documentText(ctx, row)) };
}

/** The frozen JSON of a version. */
export async function documentText(ctx: Ctx, { id }: ReportRow): Promise<string> {
  const text = await reportDocument(ctx.db, id);
  if (text === null) throw new AppError("internal", `the report ${id} has no contents`);
  return text;
}

/** The complete lists of a version as canonical JSON. */
export async function listsText(ctx: Ctx, { id }: ReportRow): Promise<string> {
  const bytes = await reportListBytes(ctx.db, id);
  if (bytes === null) throw new AppError("internal", `the report ${id} has no lists`);
  return gunzipSync(bytes).toString("utf8");
}

/** A frozen report, checked. */
export function parseReport(text: string): QuarterlyReport {
  return quarterlyReport.parse(JSON.parse(text));
}
