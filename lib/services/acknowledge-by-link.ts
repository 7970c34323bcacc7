import type { z } from "zod";
import type { acknowledgementDone, acknowledgementInput } from "@/lib/contracts/notifications";
import { markLinkUsed } from "@/lib/db/acknowledgement-store";
import { AppError } from "@/lib/domain/errors";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { requireLink } from "@/lib/services/acknowledgement-link";
import type { WebCtx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";

/**
 * Acknowledges the findings of a link as the person it was sent to, once. Findings that he may not, or that need it no more, stay as they are and are told.
 * Errors: not-found; conflict for a link that was used, has expired, or where nothing is left to acknowledge.
 */
export async function acknowledgeByLink({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { token: string } & z.output<typeof acknowledgementInput>;
}): Promise<z.input<typeof acknowledgementDone>> {
  const link = await requireLink(ctx, input.token);
  const { row } = link;
  return ctx.db.transaction(async (tx) => {
    if (!(await markLinkUsed(tx, row.id, ctx.clock.now())))
      throw new AppError(
        "conflict",
        row.usedAt ? "This link was used before." : "This link has expired, or was just used.",
      );
    const { allowed, refused } = await actOnFindings(tx, link.ctx, {
      ids: row.findingIds,
      act: { kind: "acknowledge", assignee: row.name, note: input.note, targetOn: parsePlainDate(input.targetOn) },
    });
    const reasons = [...refused].map(([reason, ids]) => ({ reason, count: ids.length }));
    if (allowed === 0) throw new AppError("conflict", reasons[0]?.reason ?? "Nothing is left to acknowledge.");
    return { acknowledged: allowed, refused: reasons };
  });
}
