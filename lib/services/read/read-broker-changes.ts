import type { z } from "zod";
import type { brokerChanges, changeItem } from "@/lib/contracts/brokers";
import { findBroker } from "@/lib/db/broker-queries";
import { strangeCursor } from "@/lib/db/keyset-page";
import { brokerChangeCount, brokerChangeRows, type ChangeRow } from "@/lib/db/run-queries";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";
import { readFreshness } from "@/lib/services/read/freshness";

/** A change as the API shows it. */
export function changeItemOf(row: ChangeRow): z.input<typeof changeItem> {
  return {
    ...row,
    id: String(row.id),
    observedAt: row.observedAt.toISOString(),
    previousObservedAt: row.previousObservedAt?.toISOString() ?? null,
  };
}

/** The change history of a broker, newest first. Errors: not-found, invalid-input. */
export async function readBrokerChanges({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; limit: number; cursor?: string | undefined };
}): Promise<z.input<typeof brokerChanges>> {
  const broker = await findBroker(ctx.db, input.id);
  if (!broker) throw new AppError("not-found", `There is no broker ${input.id}.`);
  if (input.cursor && !/^\d{1,18}$/.test(input.cursor)) throw strangeCursor();
  const [rows, total, freshness] = await Promise.all([
    brokerChangeRows(ctx.db, broker.dbId, input.limit + 1, input.cursor ? BigInt(input.cursor) : null),
    brokerChangeCount(ctx.db, broker.dbId),
    readFreshness({ ctx }),
  ]);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(changeItemOf),
    total,
    nextCursor: rows.length > input.limit && last ? String(last.id) : null,
    asOf: ctx.clock.now().toISOString(),
    freshness,
  };
}
