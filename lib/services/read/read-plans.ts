import type { ListQuery } from "@/lib/contracts/common";
import type { PlanPage } from "@/lib/contracts/plans";
import { listPlans } from "@/lib/db/plan-queries";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { readFreshness } from "@/lib/services/read/freshness";
import { planItemOf } from "@/lib/services/read/plan-item";
import { remembered } from "@/lib/services/read/remembered";

/** A page of plans; by default the active ones, those that end first before the others. Errors: invalid-input. */
export function readPlans(call: { ctx: Ctx; input: ListQuery }): Promise<PlanPage> {
  return remembered(call, "plans", () => computePlans(call));
}

async function computePlans({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<PlanPage> {
  const now = ctx.clock.now();
  const [page, freshness] = await Promise.all([
    listPlans(ctx.db, { ...input, now, today: plainDateFromInstantUtc(now) }),
    readFreshness({ ctx }),
  ]);
  return {
    items: page.rows.map(planItemOf),
    total: page.total,
    nextCursor: page.nextCursor,
    asOf: now.toISOString(),
    freshness,
  };
}
