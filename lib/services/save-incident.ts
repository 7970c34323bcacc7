import type { z } from "zod";
import type { incidentInput } from "@/lib/contracts/register";
import type { Database } from "@/lib/db/client";
import { applicationRows, type By, incidentRows, saveIncidentRow } from "@/lib/db/register-store";
import { AppError } from "@/lib/domain/errors";
import { assertOwnBrokers, changeRegister, entryId, found, resolveBrokers } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";

type Input = z.output<typeof incidentInput>;

/**
 * Records an incident, or changes the one of the id. Errors: not-found; invalid-input for unknown brokers and applications, or the future; forbidden where it
 * concerns somebody else's.
 */
export function saveIncident({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string | null; incident: Input };
}): Promise<{ id: number }> {
  const id = input.id === null ? null : entryId("incident", input.id);
  return changeRegister(ctx, async (tx, by) => {
    const before = id === null ? null : ((await incidentRows(tx)).find((row) => row.id === id) ?? null);
    await assertOwnIncident(tx, ctx, before ?? { brokerIds: [], applicationIds: [] });
    const saved = found("incident", id, await writeIncident(tx, ctx, id, input.incident, by));
    return {
      result: { id: saved },
      audit: {
        action: id === null ? "incident.record" : "incident.change",
        permission: "registers:write",
        subjectType: "incident",
        subjectKey: String(saved),
        before,
        after: input.incident,
      },
    };
  });
}

/** Writes an incident within a change of the register. Null when there is none of the id. */
export async function writeIncident(
  tx: Database,
  ctx: Ctx,
  id: number | null,
  incident: Input,
  by: By,
): Promise<number | null> {
  const startedAt = new Date(incident.startedAt);
  const endedAt = incident.endedAt === null ? null : new Date(incident.endedAt);
  if ((endedAt ?? startedAt) > by.at)
    throw new AppError("invalid-input", "An incident lies in the past.", { details: { field: "startedAt" } });
  const known = new Set((await applicationRows(tx)).map((application) => application.id));
  const strange = incident.applicationIds.find((application) => !known.has(application));
  if (strange !== undefined)
    throw new AppError("invalid-input", `There is no application ${strange}.`, {
      details: { field: "applicationIds" },
    });
  const { title, cause, planned, note } = incident;
  const brokerIds = await resolveBrokers(tx, incident.brokerIds);
  const applicationIds = [...new Set(incident.applicationIds)];
  await assertOwnIncident(tx, ctx, { brokerIds, applicationIds });
  return saveIncidentRow(tx, id, { title, cause, planned, note, startedAt, endedAt, brokerIds, applicationIds }, by);
}

/** Refuses (forbidden) an incident that concerns somebody else's brokers, or an application that depends on them. */
async function assertOwnIncident(
  tx: Database,
  ctx: Ctx,
  { brokerIds, applicationIds }: { brokerIds: readonly number[]; applicationIds: readonly number[] },
): Promise<void> {
  const named = (await applicationRows(tx)).filter(({ id }) => applicationIds.includes(id));
  await assertOwnBrokers(tx, ctx, [...brokerIds, ...named.flatMap((application) => application.brokerIds)]);
}
