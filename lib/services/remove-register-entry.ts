import type { Database } from "@/lib/db/client";
import {
  applicationRows,
  drillRows,
  incidentRows,
  type RegisterKind,
  removeRegisterRow,
} from "@/lib/db/register-store";
import { assertOwnBrokers, changeRegister, entryId, found } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Takes an incident, drill or application out of the register; its row and the audit keep what it said. Errors: not-found; forbidden where it concerns
 * somebody else's brokers.
 */
export function removeRegisterEntry({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { kind: RegisterKind; id: string };
}): Promise<{ id: number }> {
  const id = entryId(input.kind, input.id);
  return changeRegister(ctx, async (tx, by) => {
    const before = found(input.kind, id, (await rowsOf(tx, input.kind)).find((row) => row.id === id) ?? null);
    await assertOwnBrokers(tx, ctx, before.brokerIds);
    found(input.kind, id, (await removeRegisterRow(tx, input.kind, id, by)) || null);
    return {
      result: { id },
      audit: {
        action: `${input.kind}.remove`,
        permission: "registers:write",
        subjectType: input.kind,
        subjectKey: String(id),
        before,
        after: null,
      },
    };
  });
}

function rowsOf(tx: Database, kind: RegisterKind): Promise<readonly { id: number; brokerIds: number[] }[]> {
  switch (kind) {
    case "incident":
      return incidentRows(tx);
    case "drill":
      return drillRows(tx);
    case "application":
      return applicationRows(tx);
  }
}
