import { AppError } from "@/lib/domain/errors";
import type { HumanAct } from "@/lib/findings/act";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { NOT_YOURS } from "@/lib/services/owner-scope";
import { findingIdOf } from "@/lib/services/read/finding-id";
import { type FindingDetail, readFinding } from "@/lib/services/read/read-finding";

/**
 * One act of a person on one finding; the answer is the finding as it is then. Errors: not-found; forbidden where the finding belongs to somebody else;
 * conflict, with the reason, where its state, the person or the days do not allow it.
 */
export async function actOnFinding({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; act: HumanAct };
}): Promise<FindingDetail> {
  const id = findingIdOf(input.id);
  await ctx.db.transaction(async (tx) => {
    const { allowed, refused } = await actOnFindings(tx, ctx, { ids: [id], act: input.act });
    if (allowed > 0) return;
    const [reason] = refused.keys();
    if (!reason) throw new AppError("not-found", `There is no finding ${input.id}.`);
    throw new AppError(reason === NOT_YOURS ? "forbidden" : "conflict", reason);
  });
  return readFinding({ ctx, input: { id: input.id } });
}
