import { type RegisterKind, removeRegisterRow } from "@/lib/db/register-store";
import { changeRegister, entryId, found } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";

/** Takes an incident, drill or application out of the register; its row and the audit keep what it said. Errors: not-found. */
export function removeRegisterEntry({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { kind: RegisterKind; id: string };
}): Promise<{ id: number }> {
  const id = entryId(input.kind, input.id);
  return changeRegister(ctx, async (tx, by) => {
    found(input.kind, id, (await removeRegisterRow(tx, input.kind, id, by)) || null);
    return {
      result: { id },
      audit: {
        action: `${input.kind}.remove`,
        permission: "registers:write",
        subjectType: input.kind,
        subjectKey: String(id),
        before: { id },
        after: null,
      },
    };
  });
}
