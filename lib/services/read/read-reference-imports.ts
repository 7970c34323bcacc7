import type { z } from "zod";
import type { ImportItem, importList } from "@/lib/contracts/reference";
import { type ImportRow, importRows } from "@/lib/db/reference-store";
import type { Ctx } from "@/lib/services/ctx";

/** Published sources that were loaded, newest first. */
export async function readReferenceImports({ ctx }: { ctx: Ctx }): Promise<z.input<typeof importList>> {
  return { items: (await importRows(ctx.db)).map(importItemOf), asOf: ctx.clock.now().toISOString() };
}

/** An import as the API shows it. */
export function importItemOf({ summary, importedAt, endedAt, ...row }: ImportRow): ImportItem {
  return {
    ...row,
    ...summary,
    importedAt: importedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
