import type { z } from "zod";
import type { BrokerPage, brokerFacets } from "@/lib/contracts/brokers";
import type { ListQuery } from "@/lib/contracts/common";
import { brokerFacetRows, listBrokers } from "@/lib/db/broker-queries";
import { STALE_AFTER_DAYS } from "@/lib/domain/broker";
import type { Ctx } from "@/lib/services/ctx";
import { brokerItemOf } from "@/lib/services/read/broker-item";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

/** The instant before which an observation is stale. */
export function staleBefore(now: Date): Date {
  return new Date(now.getTime() - STALE_AFTER_DAYS * 86_400_000);
}

/** A page of brokers. Errors: invalid-input for unknown properties, values and cursors. */
export function readBrokers(call: { ctx: Ctx; input: ListQuery }): Promise<BrokerPage> {
  return remembered(call, "brokers", () => computeBrokers(call));
}

async function computeBrokers({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<BrokerPage> {
  const now = ctx.clock.now();
  const [page, freshness] = await Promise.all([
    listBrokers(ctx.db, { ...input, staleBefore: staleBefore(now) }),
    readFreshness({ ctx }),
  ]);
  return {
    items: page.rows.map((row) => brokerItemOf(row, now)),
    total: page.total,
    nextCursor: page.nextCursor,
    asOf: now.toISOString(),
    freshness,
  };
}

/** Values to filter brokers by, with counts. */
export function readBrokerFacets({ ctx }: { ctx: Ctx }): Promise<z.input<typeof brokerFacets>> {
  return remembered({ ctx, input: {} }, "brokerFacets", () => computeBrokerFacets({ ctx }));
}

async function computeBrokerFacets({ ctx }: { ctx: Ctx }): Promise<z.input<typeof brokerFacets>> {
  const facets: Record<string, { value: string; label: string; count: number }[]> = {};
  for (const row of await brokerFacetRows(ctx.db)) {
    const list = facets[row.property] ?? [];
    list.push({ value: row.value, label: row.label ?? row.value, count: row.count });
    facets[row.property] = list;
  }
  return { facets };
}
