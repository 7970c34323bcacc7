import type { z } from "zod";
import type { drillInput } from "@/lib/contracts/register";
import { drillRows, saveDrillRow } from "@/lib/db/register-store";
import { AppError } from "@/lib/domain/errors";
import { assertOwnBrokers, changeRegister, entryId, found, resolveBrokers } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Plans a drill, or changes the one of the id, also to say how it went. Errors: not-found; invalid-input for unknown brokers or the future; forbidden for
 * somebody else's brokers.
 */
export function saveDrill({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string | null; drill: z.output<typeof drillInput> };
}): Promise<{ id: number }> {
  const id = input.id === null ? null : entryId("drill", input.id);
  const { drill } = input;
  return changeRegister(ctx, async (tx, by) => {
    const startedAt = drill.startedAt === null ? null : new Date(drill.startedAt);
    const recoveredAt = drill.recoveredAt === null ? null : new Date(drill.recoveredAt);
    const last = recoveredAt ?? startedAt;
    if (last !== null && last > by.at)
      throw new AppError("invalid-input", "A drill that was run lies in the past.", {
        details: { field: "startedAt" },
      });
    const before = id === null ? null : ((await drillRows(tx)).find((row) => row.id === id) ?? null);
    const brokerIds = await resolveBrokers(tx, drill.brokerIds);
    await assertOwnBrokers(tx, ctx, [...brokerIds, ...(before?.brokerIds ?? [])]);
    const { plannedOn, successful, problems } = drill;
    const row = { brokerIds, plannedOn, startedAt, recoveredAt, successful, problems };
    const saved = found("drill", id, await saveDrillRow(tx, id, row, by));
    return {
      result: { id: saved },
      audit: {
        action: id === null ? "drill.plan" : "drill.change",
        permission: "registers:write",
        subjectType: "failover-drill",
        subjectKey: String(saved),
        before,
        after: drill,
      },
    };
  });
}
