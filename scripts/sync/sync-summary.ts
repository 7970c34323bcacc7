import type { SyncDetail } from "@/lib/contracts/syncs";
import { OPTIONAL_SOURCES } from "@/lib/domain/sync";

type Summarized = Pick<SyncDetail, "sync" | "outcomes">;

/** The run as JSON for machines: the API's own form, with outcomes that were not complete. */
export function summaryJson({ sync, outcomes }: Summarized): unknown {
  return {
    ...sync,
    incomplete: outcomes.filter(isIncomplete),
  };
}

/** The run as a table for people: one row per source, then what went wrong with its way out. */
export function summaryTable({ sync, outcomes }: Summarized): string {
  const sources = new Map<string, { title: string; statuses: Map<string, number>; items: number; requests: number }>();
  for (const outcome of outcomes) {
    const row = sources.get(outcome.source) ?? {
      title: outcome.sourceTitle,
      statuses: new Map(),
      items: 0,
      requests: 0,
    };
    row.statuses.set(outcome.status, (row.statuses.get(outcome.status) ?? 0) + 1);
    row.items += outcome.itemCount;
    row.requests += outcome.requestCount;
    sources.set(outcome.source, row);
  }
  const rows = [...sources.values()].map((row) => [
    row.title,
    [...row.statuses].map(([status, count]) => `${count} ${status}`).join(", "),
    String(row.items),
    String(row.requests),
  ]);
  const counts = sync.counts;
  const lines = [
    `Sync ${sync.id}: ${sync.status} (as of ${sync.asOf})`,
    "",
    ...table([["Source", "Outcomes", "Items", "Requests"], ...rows]),
    "",
    `Brokers: ${counts.brokersSeen ?? 0} seen, ${counts.brokersNew ?? 0} new, ${counts.brokersChanged ?? 0} changed, ${counts.brokersGone ?? 0} gone`,
    `Findings: ${counts.findingsOpened ?? 0} opened, ${counts.findingsClosed ?? 0} closed (${counts.rulesEvaluated ?? 0} rule outcomes)`,
    `AWS charges for these requests: $${trimZeros(sync.awsChargesUsd)}`,
  ];
  if (sync.error) lines.push("", sync.error);
  const problems = problemLines(outcomes);
  if (problems.length > 0) lines.push("", "Not read in full:", ...problems);
  return `${lines.join("\n")}\n`;
}

/** Resource-level costs are an opt-in: without them nothing is missing. */
function isIncomplete({ source, status }: SyncDetail["outcomes"][number]): boolean {
  if (OPTIONAL_SOURCES.has(source) && status === "unsupported") return false;
  return !["complete", "skipped", "region-off"].includes(status);
}

const SHOWN_PROBLEMS = 20;
/** Sources or regions that a line names one by one; more are counted. */
const NAMED = 3;

/** One line for each account and cause, however many scopes it stopped, and its way out. */
function problemLines(outcomes: SyncDetail["outcomes"]): string[] {
  const causes = new Map<string, SyncDetail["outcomes"][number][]>();
  for (const outcome of outcomes.filter(isIncomplete)) {
    const key = JSON.stringify([outcome.accountId, outcome.status, outcome.message, outcome.wayOut]);
    causes.set(key, [...(causes.get(key) ?? []), outcome]);
  }
  const lines = [...causes.values()].slice(0, SHOWN_PROBLEMS).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const what = some(new Set(group.map(({ sourceTitle }) => sourceTitle)), "sources");
    const regions = new Set(group.map(({ region }) => region).filter((region) => region !== ""));
    const where = [first.accountId, ...(regions.size > 0 ? [some(regions, "regions")] : [])].join(", ");
    const head = `  ${what} (${where}): ${first.status}${first.message ? `. ${first.message}` : ""}`;
    return first.wayOut ? [head, `    Way out: ${first.wayOut}`] : [head];
  });
  const more = causes.size - SHOWN_PROBLEMS;
  return more > 0 ? [...lines, `  ... and ${more} more`] : lines;
}

function some(names: ReadonlySet<string>, plural: string): string {
  return names.size > NAMED ? `${names.size} ${plural}` : [...names].join(", ");
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column >= 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function trimZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
