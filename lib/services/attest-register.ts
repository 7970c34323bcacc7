import type { z } from "zod";
import type { attestationInput } from "@/lib/contracts/register";
import { insertAttestation, reviewRows } from "@/lib/db/register-store";
import { AppError } from "@/lib/domain/errors";
import { instantAtStartUtc, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { formatQuarter, parseQuarter, quarterBounds } from "@/lib/domain/quarter";
import { changeRegister } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { loadCandidates } from "@/lib/services/load-register";

/**
 * Vouches that the register of a quarter is complete. Errors: invalid-input for what is no quarter; conflict while the quarter runs or a suggestion of
 * it is not reviewed.
 */
export function attestRegister({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof attestationInput>;
}): Promise<{ attested: true }> {
  return changeRegister(ctx, async (tx, by) => {
    const quarter = parseQuarter(input.quarter, (await currentSettings(tx)).fiscalYearStartMonth);
    const { start, endExclusive } = quarterBounds(quarter);
    if (endExclusive > plainDateFromInstantUtc(by.at))
      throw new AppError(
        "conflict",
        `${formatQuarter(quarter)} is not over: it can be attested from ${endExclusive} on.`,
      );
    const from = instantAtStartUtc(start);
    const until = instantAtStartUtc(endExclusive);
    const reviewed = new Set((await reviewRows(tx)).map(({ candidateId }) => candidateId));
    const open = (await loadCandidates({ ctx: { ...ctx, db: tx }, since: from })).filter(
      ({ id, observedAt }) => observedAt < until && !reviewed.has(id),
    ).length;
    if (open > 0) {
      const what = open === 1 ? "1 suggested incident is" : `${open} suggested incidents are`;
      throw new AppError("conflict", `${what} not reviewed: confirm or dismiss first.`);
    }
    await insertAttestation(tx, {
      startOn: start,
      endExclusive,
      note: input.note,
      attestedAt: by.at,
      attestedBy: by.actor,
    });
    return {
      result: { attested: true },
      audit: {
        action: "register.attest",
        permission: "registers:attest",
        subjectType: "register",
        subjectKey: formatQuarter(quarter),
        before: null,
        after: { note: input.note },
      },
    };
  });
}
