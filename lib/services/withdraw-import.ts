import type { z } from "zod";
import type { importResult, withdrawInput } from "@/lib/contracts/reference";
import { endImport, importRows } from "@/lib/db/reference-store";
import { AppError } from "@/lib/domain/errors";
import { changeReference } from "@/lib/services/change-reference";
import type { Ctx } from "@/lib/services/ctx";
import { importItemOf } from "@/lib/services/read/read-reference-imports";

/**
 * Takes an import back: a published calendar is no longer compared with (the one loaded before it is), advisories are no longer judged by, and what
 * closes by it is no remediation. Errors: not-found; conflict when it was taken back before, or is a price list, whose prices may be in use.
 */
export function withdrawImport({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof withdrawInput> & { id: string };
}): Promise<z.input<typeof importResult>> {
  return changeReference(ctx, "reference-import-withdrawn", async (tx, by) => {
    const found = (await importRows(tx)).find(({ id }) => String(id) === input.id);
    if (!found) throw new AppError("not-found", `There is no import ${input.id}.`);
    if (found.kind === "price-list") {
      throw new AppError("conflict", "A price list stays: load a newer one, which counts from its own date on.");
    }
    if (!(await endImport(tx, found.id, { ...by, reason: input.reason }))) {
      throw new AppError("conflict", "The import was taken back already.");
    }
    const after = { ...found, endedAt: by.at, endedBy: by.actor, endedReason: input.reason };
    return {
      result: importItemOf(after),
      audit: {
        action: "reference.withdraw-import",
        permission: "reference:write",
        subjectType: "reference-import",
        subjectKey: `${found.kind} ${found.originName}`,
        before: { id: found.id, sha256: found.sha256, rows: found.summary.rows },
        after: { reason: input.reason },
      },
    };
  });
}
