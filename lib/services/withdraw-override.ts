import type { z } from "zod";
import type { overrideSaved, withdrawInput } from "@/lib/contracts/reference";
import { endOverride, overrideRows } from "@/lib/db/reference-store";
import { AppError } from "@/lib/domain/errors";
import { changeReference } from "@/lib/services/change-reference";
import type { Ctx } from "@/lib/services/ctx";
import { shippedOf, told } from "@/lib/services/override-reference";

/** Takes an override back: the shipped row is in force again, an evaluation follows. Errors: not-found; conflict when it is not in force any more. */
export function withdrawOverride({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof withdrawInput> & { id: string };
}): Promise<z.input<typeof overrideSaved>> {
  return changeReference(ctx, "reference-override-withdrawn", async (tx, by) => {
    const override = (await overrideRows(tx, "all")).find(({ id }) => String(id) === input.id);
    if (!override) throw new AppError("not-found", `There is no override ${input.id}.`);
    const ended = override.endedAt === null ? await endOverride(tx, override, { ...by, reason: input.reason }) : null;
    if (ended === null) throw new AppError("conflict", "The override is not in force any more.");
    return {
      result: { id: override.id },
      audit: {
        action: "reference.withdraw-override",
        permission: "reference:write",
        subjectType: "support-calendar",
        subjectKey: `${override.engine} ${override.key}`,
        before: told(override),
        after: { ...shippedOf(override), reason: input.reason },
      },
    };
  });
}
