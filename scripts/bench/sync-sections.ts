import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { SyncSource } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { rounded, type Section } from "@/scripts/bench/figure";
import { connectAll, runOnce, withFleet } from "@/scripts/bench/fleet";
import type { SimulatorProcess } from "@/scripts/bench/simulator-process";

/** What the simulator counted since the last reset. */
const journalSchema = z.object({ throttled: z.number(), byService: z.record(z.string(), z.number()) });

async function readJournal(simulator: SimulatorProcess): Promise<{ mqCalls: number; throttled: number }> {
  const { throttled, byService } = journalSchema.parse(await simulator.control("journal"));
  return { mqCalls: byService.mq ?? 0, throttled };
}

/** A burst of 100 at 15 requests/s, and a little more. */
const BUCKET_FILLS_MS = 8_000;

/** 1,000 brokers of one account under AWS's request limit: wall time against the bound that the limit allows, calls per broker. */
export function throttledSync(brokers: number): Promise<Section> {
  return withFleet(["--bulk", `1,7,${brokers}`], async ({ ctx, simulator }) => {
    await connectAll(ctx, 1);
    const figures: Section["figures"][number][] = [];
    for (const [label, limit] of [
      ["first", 2.2],
      ["unchanged", 1.1],
    ] as const) {
      // Syncs are hours apart: AWS's bucket is full again when one begins.
      await sleep(BUCKET_FILLS_MS);
      await simulator.control("journal", "DELETE");
      const run = await runOnce(ctx, INVENTORY_AND_FACTS);
      const journal = await readJournal(simulator);
      if (journal.mqCalls < brokers)
        throw new Error(`only ${journal.mqCalls} calls were counted: nothing was measured`);
      const bound = (journal.mqCalls - 100) / 15;
      figures.push(
        {
          name: `${label} sync: wall time / bound (calls - 100) / 15 s`,
          value: rounded(run.seconds / bound, 3),
          unit: "ratio",
          limit: 1.1,
          comparison: `${rounded(run.seconds)} s against ${rounded(bound)} s, ${journal.mqCalls} calls, ${run.status}`,
        },
        {
          name: `${label} sync: MQ calls per broker`,
          value: rounded(journal.mqCalls / brokers, 3),
          unit: "calls",
          limit,
        },
        {
          name: `${label} sync: throttling errors that surfaced`,
          value: await surfaced(ctx),
          unit: "outcomes",
          limit: 0,
          comparison: `${journal.throttled} requests refused by the simulator and retried`,
        },
      );
    }
    return {
      section: "sync-throttled",
      setup: `${brokers} brokers, 1 account, 7 regions, AWS's limit of 15 requests/s with a burst of 100`,
      figures,
    };
  });
}

async function surfaced(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM sync_outcome WHERE error_code ILIKE '%throttl%'`,
  );
  return rows[0]?.n ?? 0;
}

/** Sources that are measured elsewhere or not at all: costs, metrics and the audit trail have request limits of their own. */
const INVENTORY_AND_FACTS: readonly SyncSource[] = ["cloudtrail-events", "health-events", "price-list"];

/** A large organisation without request limit: how fast brokers are read, judged and stored. */
export function scaleSync(brokers: number, accounts: number): Promise<Section> {
  return withFleet(["--bulk", `${accounts},4,${brokers}`, "--no-throttle", "--latency", "5"], async ({ ctx }) => {
    await connectAll(ctx, accounts);
    const first = await runOnce(ctx, INVENTORY_AND_FACTS);
    const [before] = await ctx.db.rows<{ written: bigint; brokers: number }>(WRITES);
    const [findings] = await ctx.db.rows<{ n: number }>(`SELECT count(*)::int AS n FROM finding`);
    const second = await runOnce(ctx, INVENTORY_AND_FACTS);
    const [after] = await ctx.db.rows<{ written: bigint }>(WRITES);
    const rss = process.resourceUsage().maxRSS / 1024;
    return {
      section: "sync-scale",
      setup: `${brokers} brokers, ${accounts} accounts, 4 regions each, no request limit, 5 ms latency; inventory, networks, users, rules, findings, KPIs`,
      figures: [
        {
          name: "first sync",
          value: rounded(first.seconds),
          unit: "s",
          limit: 30,
          comparison: `${rounded((before?.brokers ?? 0) / first.seconds, 0)} brokers/s; read within ${rounded(first.readingSeconds)} s, ${findings?.n} findings`,
        },
        {
          name: "second, unchanged sync",
          value: rounded(second.seconds),
          unit: "s",
          limit: 30,
          comparison: `${second.status}, read within ${rounded(second.readingSeconds)} s`,
        },
        {
          name: "broker rows written by the unchanged sync",
          value: Number((after?.written ?? 0n) - (before?.written ?? 0n)),
          unit: "rows",
          limit: 0,
        },
        { name: "peak RSS of the syncing process", value: rounded(rss, 0), unit: "MB", limit: 800 },
      ],
    };
  });
}

/** Row versions of `broker` ever written, from the newest transaction ids (statistics lag behind). */
const WRITES = `SELECT COALESCE(sum(xmin::text::bigint), 0)::bigint AS written, count(*)::int AS brokers FROM broker`;
