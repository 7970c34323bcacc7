import type { ListQuery } from "@/lib/contracts/common";
import type { BulkResult } from "@/lib/contracts/findings";
import { filteredFindingIds } from "@/lib/db/finding-queries";
import { AppError } from "@/lib/domain/errors";
import type { HumanAct } from "@/lib/findings/act";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { findingListInput } from "@/lib/services/read/read-findings";

/** Findings that one act may change; more are split by a narrower filter. */
const MAX_FINDINGS = 5_000;
const TIMEOUT_MS = 120_000;

/**
 * One act on all findings that a list's filter finds, or on those of them that are named; page, cursor and order of the query do not matter. Those that
 * cannot be changed are left and counted by reason. Errors: invalid-input for more than 5,000; conflict when another number would change than `expected`.
 */
export async function actOnFilteredFindings({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { query: ListQuery; act: HumanAct; ids?: readonly number[]; preview: boolean; expected?: number };
}): Promise<BulkResult> {
  const { query, act, ids, preview, expected } = input;
  return ctx.db.transaction(
    async (tx) => {
      const found = await filteredFindingIds(
        tx,
        findingListInput(query, ctx.clock.now()),
        ids ?? null,
        MAX_FINDINGS + 1,
      );
      if (found.length > MAX_FINDINGS)
        throw new AppError("invalid-input", `More than ${MAX_FINDINGS} findings match; narrow the filter.`);
      const { allowed, refused } = await actOnFindings(tx, ctx, { ids: found, act, preview });
      if (!preview && expected !== undefined && expected !== allowed)
        throw new AppError("conflict", `${allowed} findings could be changed now, not ${expected}. Look again.`);
      return {
        matched: found.length,
        allowed,
        refused: [...refused].map(([reason, of]) => ({ reason, count: of.length })).sort((a, b) => b.count - a.count),
        done: !preview,
      };
    },
    { timeoutMs: TIMEOUT_MS },
  );
}
