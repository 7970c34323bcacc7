import type { CutQuery } from "@/lib/contracts/common";
import type { Overview } from "@/lib/contracts/overview";
import { attentionRows, findingCounts } from "@/lib/db/finding-queries";
import { snapshotPoints } from "@/lib/db/kpi-queries";
import { changesSince, latestRunTimes } from "@/lib/db/run-queries";
import { presenceClass } from "@/lib/domain/broker";
import { severityOfRank } from "@/lib/domain/finding";
import { addDays } from "@/lib/domain/plain-date";
import { env } from "@/lib/env";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";
import { HEADLINE_KPIS } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { fleetSnapshotOf } from "@/lib/services/kpis-of-cut";
import { findingItemOf } from "@/lib/services/read/finding-item";
import { readFreshness } from "@/lib/services/read/freshness";
import { currentTargets } from "@/lib/services/read/kpi-targets";
import { kpiViewOf } from "@/lib/services/read/kpi-view";
import { changeItemOf } from "@/lib/services/read/read-broker-changes";
import { findingListInput } from "@/lib/services/read/read-findings";
import { remembered } from "@/lib/services/read/remembered";

const ATTENTION = 8;
const CHANGES = 8;
const TREND_DAYS = 365;

/** The one dimension that a cut limits to one key; null when it has no limit ("all") or several. */
function trendCut(cut: CutQuery): { dimension: string; key: string } | null {
  const limits = Object.entries(cut).filter(([, keys]) => Array.isArray(keys) && keys.length > 0);
  if (limits.length === 0) return { dimension: "all", key: "" };
  const [first] = limits;
  const key = first?.[1]?.[0];
  return limits.length === 1 && first?.[1]?.length === 1 && key !== undefined ? { dimension: first[0], key } : null;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

/** Engine lines in use with their end of support, the most urgent first. */
function linesOf(snapshot: FleetSnapshot): Overview["lines"] {
  const lines = new Map<string, Overview["lines"][number]>();
  for (const { snapshot: broker, support } of snapshot.brokers) {
    if (presenceClass({ goneAt: broker.goneAt, state: broker.attributes.state }) === "gone") continue;
    const engine = broker.attributes.engine ?? "UNKNOWN";
    const line = support.line ?? "unknown";
    const entry = lines.get(`${engine} ${line}`) ?? {
      engine,
      line,
      brokers: 0,
      status: support.state,
      endOfSupport: support.endOfSupport,
      sentence: support.explanation,
    };
    entry.brokers += 1;
    lines.set(`${engine} ${line}`, entry);
  }
  const urgency = ["past-end-of-support", "ending", "unknown", "supported"];
  return [...lines.values()].sort(
    (a, b) =>
      urgency.indexOf(a.status) - urgency.indexOf(b.status) ||
      (a.endOfSupport ?? "9999").localeCompare(b.endOfSupport ?? "9999") ||
      a.engine.localeCompare(b.engine) ||
      a.line.localeCompare(b.line, "en", { numeric: true }),
  );
}

/** Everything the overview shows at first paint but the cost chart. */
export function readOverview(call: { ctx: Ctx; input: CutQuery }): Promise<Overview> {
  return remembered(call, "overview", () => computeOverview(call));
}

async function computeOverview({ ctx, input }: { ctx: Ctx; input: CutQuery }): Promise<Overview> {
  const snapshot = await fleetSnapshotOf({ ctx, input });
  const { now, today } = snapshot;
  const list = findingListInput({ ...input, match: "all", limit: ATTENTION }, now);
  const trend = trendCut(input);
  const [freshness, counts, attention, points, runs, targetOf] = await Promise.all([
    readFreshness({ ctx }),
    findingCounts(ctx.db, list),
    attentionRows(ctx.db, list),
    trend
      ? snapshotPoints(ctx.db, {
          kpiIds: HEADLINE_KPIS.map((k) => k.id),
          ...trend,
          from: addDays(today, -TREND_DAYS),
          until: addDays(today, 1),
        })
      : Promise.resolve([]),
    latestRunTimes(ctx.db, 2),
    currentTargets(ctx),
  ]);
  const since = runs[1] ?? null;
  const changes = since
    ? await changesSince(ctx.db, { since, limit: CHANGES, cut: input })
    : { rows: [], total: 0, opened: 0, closed: 0 };
  const present = snapshot.brokers.filter((b) => b.snapshot.goneAt === null);
  return {
    brokers: {
      total: present.length,
      byEngine: countBy(present, (b) => b.snapshot.attributes.engine ?? "UNKNOWN"),
      byPresence: countBy(present, (b) =>
        presenceClass({ goneAt: b.snapshot.goneAt, state: b.snapshot.attributes.state }),
      ),
    },
    kpis: HEADLINE_KPIS.map((kpi) => {
      const mine = points.filter((p) => p.kpiId === kpi.id);
      return {
        ...kpiViewOf(kpi, snapshot, targetOf(kpi)),
        trend: [...new Set(mine.map((p) => p.series))].map((series) => ({
          series,
          points: mine.filter((p) => p.series === series).map(({ day, value }) => ({ day, value })),
        })),
      };
    }),
    findings: {
      open: counts.reduce((sum, row) => sum + row.count, 0),
      bySeverity: Object.fromEntries(counts.map((row) => [severityOfRank(row.severity) ?? "low", row.count])),
      overdue: counts.reduce((sum, row) => sum + row.overdue, 0),
    },
    attention: attention.map((row) => findingItemOf(row, now)),
    lines: linesOf(snapshot),
    changes: {
      since: since?.toISOString() ?? null,
      items: changes.rows.map(changeItemOf),
      total: changes.total,
      opened: changes.opened,
      closed: changes.closed,
    },
    asOf: now.toISOString(),
    freshness,
    mode: env().mode,
  };
}
