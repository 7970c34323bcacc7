import type { z } from "zod";
import type { ListQuery } from "@/lib/contracts/common";
import type { FindingItem, FindingPage, findingExport } from "@/lib/contracts/findings";
import { type FindingListInput, listFindings } from "@/lib/db/finding-queries";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { ALL_RULES } from "@/lib/rules/registry";
import type { Ctx } from "@/lib/services/ctx";
import { csvResponse } from "@/lib/services/read/csv";
import { type AskedPage, everyPage, itemsForJson } from "@/lib/services/read/every-page";
import { findingItemOf } from "@/lib/services/read/finding-item";
import { readFreshness } from "@/lib/services/read/freshness";
import { staleBefore } from "@/lib/services/read/read-brokers";
import { remembered } from "@/lib/services/read/remembered";

/** A list query with what the repository cannot know: today, and which rules a category holds. */
export function findingListInput(input: ListQuery, now: Date): FindingListInput {
  return {
    ...input,
    staleBefore: staleBefore(now),
    now,
    today: plainDateFromInstantUtc(now),
    rulesOfCategory: (category) => ALL_RULES.filter((rule) => rule.category === category).map((rule) => rule.id),
  };
}

/** A page of findings; by default the ones that are not closed. Errors: invalid-input. */
export function readFindings(call: { ctx: Ctx; input: ListQuery }): Promise<FindingPage> {
  return remembered(call, "findings", () => computeFindings(call));
}

async function computeFindings({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<FindingPage> {
  const now = ctx.clock.now();
  const [page, freshness] = await Promise.all([
    listFindings(ctx.db, findingListInput(input, now)),
    readFreshness({ ctx }),
  ]);
  return {
    items: page.rows.map((row) => findingItemOf(row, now)),
    total: page.total,
    nextCursor: page.nextCursor,
    asOf: now.toISOString(),
    freshness,
  };
}

const HEADER = [
  "Finding",
  "Rule",
  "Rule title",
  "Category",
  "Severity",
  "State",
  "Close cause",
  "Summary",
  "Broker",
  "Broker id",
  "Subject type",
  "Subject",
  "Account",
  "Region",
  "Engine",
  "Engine version",
  "Environment",
  "Owner",
  "Opened at",
  "First opened at",
  "Closed at",
  "Age in days",
  "Due on",
  "Overdue",
  "Recurring",
  "Episodes",
  "Assignee",
  "Target date",
  "Accepted until",
  "Fix claimed at",
  "Due day moved",
];

/** Exactly the findings that match, as CSV, in the order of the list; `limit` and `cursor` are ignored. Errors: invalid-input. */
export function exportFindings({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<Response> {
  const now = ctx.clock.now();
  const pages = everyPage(pagesOf(ctx, input, now), (row) => findingItemOf(row, now));
  return csvResponse(`findings-${now.toISOString().slice(0, 10)}.csv`, HEADER, pages, cellsOf);
}

/** Exactly the findings that match, as one JSON document, in the order of the list. Errors: invalid-input, for more than 20,000 as well. */
export async function exportFindingsJson({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ListQuery;
}): Promise<z.input<typeof findingExport>> {
  const now = ctx.clock.now();
  const items = await itemsForJson("findings", pagesOf(ctx, input, now), (row) => findingItemOf(row, now));
  return { asOf: now.toISOString(), total: items.length, items };
}

function pagesOf(ctx: Ctx, input: ListQuery, now: Date) {
  const query = findingListInput(input, now);
  return (page: AskedPage) => listFindings(ctx.db, { ...query, ...page });
}

function cellsOf(f: FindingItem) {
  return [
    f.id,
    f.ruleId,
    f.ruleTitle,
    f.category,
    f.severity,
    f.state,
    f.closeCause,
    f.summary,
    f.brokerName,
    f.brokerId,
    f.subjectType,
    f.subjectKey,
    f.accountId,
    f.region,
    f.engine,
    f.engineVersion,
    f.environment,
    f.owner?.displayName,
    f.openedAt,
    f.firstOpenedAt,
    f.closedAt,
    f.ageDays,
    f.dueOn,
    f.overdue,
    f.recurring,
    f.episodeCount,
    f.assignee,
    f.targetOn,
    f.acceptedUntil,
    f.fixClaimedAt,
    f.dueMoved,
  ];
}
