import type { z } from "zod";
import type { applicationInput } from "@/lib/contracts/register";
import { applicationRows, saveApplicationRow } from "@/lib/db/register-store";
import { AppError } from "@/lib/domain/errors";
import { assertOwnBrokers, changeRegister, entryId, found, resolveBrokers } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Registers an application, or changes the one of the id. An attestation of the fail-over connection string keeps its name and date until it is taken
 * back or given anew. Errors: not-found; conflict when another one has the name; invalid-input for unknown brokers; forbidden for
 * somebody else's.
 */
export function saveApplication({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string | null; application: z.output<typeof applicationInput> };
}): Promise<{ id: number }> {
  const id = input.id === null ? null : entryId("application", input.id);
  const { application } = input;
  return changeRegister(ctx, async (tx, by) => {
    const all = await applicationRows(tx);
    const before = all.find((row) => row.id === id) ?? null;
    if (all.some((row) => row.id !== id && row.name.toLowerCase() === application.name.toLowerCase()))
      throw new AppError("conflict", `There is an application ${application.name} already.`, {
        details: { field: "name" },
      });
    const brokerIds = await resolveBrokers(tx, application.brokerIds);
    await assertOwnBrokers(tx, ctx, [...brokerIds, ...(before?.brokerIds ?? [])]);
    const attested = application.failoverAttested
      ? { at: before?.failoverAttestedAt ?? by.at, by: before?.failoverAttestedBy ?? by.actor }
      : { at: null, by: null };
    const row = {
      name: application.name,
      ownerName: application.ownerName || null,
      brokerIds,
      slaTarget: application.slaTarget === null ? null : String(application.slaTarget),
      outageCostPerHour: application.outageCostPerHour,
      outageCostCurrency: application.outageCostCurrency,
      failoverAttestedAt: attested.at,
      failoverAttestedBy: attested.by,
    };
    const saved = found("application", id, await saveApplicationRow(tx, id, row, by));
    return {
      result: { id: saved },
      audit: {
        action: id === null ? "application.register" : "application.change",
        permission: "registers:write",
        subjectType: "application",
        subjectKey: String(saved),
        before,
        after: application,
      },
    };
  });
}
