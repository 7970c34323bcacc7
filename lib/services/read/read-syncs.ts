import { z } from "zod";
import {
  type SyncDetail,
  type SyncDetailQuery,
  type SyncItem,
  syncItem,
  type syncListQuery,
  syncOutcome,
  type syncPage,
} from "@/lib/contracts/syncs";
import { strangeCursor } from "@/lib/db/keyset-page";
import {
  chargesBetween,
  countRuns,
  listRuns,
  type RunRow,
  runById,
  runOutcomes,
  runProgress,
} from "@/lib/db/run-queries";
import { AppError } from "@/lib/domain/errors";
import { instantAtStartUtc, plainDateFromInstantUtc, startOfMonth } from "@/lib/domain/plain-date";
import { sourceTitle } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

const counts = syncItem.shape.counts.catch({});
const requests = syncItem.shape.requests.catch({});
const outcomeCounts = z.record(z.string(), z.number()).catch({});
const failures = syncOutcome.shape.failures.catch([]);

function syncItemOf(row: RunRow): SyncItem {
  return {
    id: row.id,
    trigger: row.trigger,
    status: row.status,
    phase: row.phase,
    asOf: row.asOf.toISOString(),
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    actor: row.actor,
    error: row.error,
    counts: counts.parse(row.counts),
    requests: requests.parse(row.requests),
    awsChargesUsd: row.awsChargesUsd,
    outcomes: outcomeCounts.parse(row.outcomes),
  };
}

/** Runs, newest first, and what AWS charged for them this month. */
export function readSyncs(call: {
  ctx: Ctx;
  input: z.output<typeof syncListQuery>;
}): Promise<z.input<typeof syncPage>> {
  return remembered(call, "syncs", () => computeSyncs(call));
}

async function computeSyncs({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof syncListQuery>;
}): Promise<z.input<typeof syncPage>> {
  const now = ctx.clock.now();
  if (input.cursor && !/^\d{1,9}$/.test(input.cursor)) throw strangeCursor();
  const month = instantAtStartUtc(startOfMonth(plainDateFromInstantUtc(now)));
  const [rows, total, charges, freshness] = await Promise.all([
    listRuns(ctx.db, {
      limit: input.limit + 1,
      belowId: input.cursor ? Number(input.cursor) : null,
      status: input.status ?? null,
    }),
    countRuns(ctx.db, input.status ?? null),
    chargesBetween(ctx.db, month, new Date(now.getTime() + 86_400_000)),
    readFreshness({ ctx }),
  ]);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(syncItemOf),
    total,
    nextCursor: rows.length > input.limit && last ? String(last.id) : null,
    asOf: now.toISOString(),
    freshness,
    monthChargesUsd: charges,
  };
}

/** The run of an id as the list shows it. Errors: not-found. */
export async function requireSync({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RunRow> {
  const row = /^\d{1,9}$/.test(input.id) ? await runById(ctx.db, Number(input.id)) : null;
  if (!row) throw new AppError("not-found", `There is no sync ${input.id}.`);
  return row;
}

/** One run, how far it is, and a part of its outcomes (limit null: to the end). Errors: not-found. */
export function readSync(call: { ctx: Ctx; input: SyncPart }): Promise<SyncDetail> {
  return remembered(call, "sync", () => computeSync(call));
}

type SyncPart = { id: string } & Omit<SyncDetailQuery, "limit"> & { limit: number | null };

async function computeSync({ ctx, input }: { ctx: Ctx; input: SyncPart }): Promise<SyncDetail> {
  const row = await requireSync({ ctx, input });
  const { show, limit, offset } = input;
  const [outcomes, progress] = await Promise.all([
    runOutcomes(ctx.db, row.id, { problemsOnly: show === "problems", limit, offset }),
    runProgress(ctx.db, row.id),
  ]);
  return {
    sync: syncItemOf(row),
    outcomes: outcomes.map((o) => ({
      ...o,
      sourceTitle: sourceTitle(o.source),
      startedAt: o.startedAt?.toISOString() ?? null,
      finishedAt: o.finishedAt?.toISOString() ?? null,
      failures: failures.parse(o.failures),
    })),
    outcomeCount: progress.reduce((sum, { total }) => sum + total, 0),
    problemCount: progress.reduce((sum, { problems }) => sum + problems, 0),
    progress,
    asOf: ctx.clock.now().toISOString(),
  };
}
