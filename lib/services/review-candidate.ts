import type { z } from "zod";
import type { candidateReviewInput } from "@/lib/contracts/register";
import { insertReview } from "@/lib/db/register-store";
import { AppError } from "@/lib/domain/errors";
import { assertOwnBrokers, changeRegister } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";
import { loadCandidates } from "@/lib/services/load-register";
import { writeIncident } from "@/lib/services/save-incident";

const ID = /^(\d{1,9})-(\d{1,15})$/;

/**
 * Makes an incident of a suggestion, or dismisses it with a reason. Errors: not-found for what was never suggested; conflict when somebody decided
 * before; forbidden where it is about somebody else's broker; those of an incident.
 */
export async function reviewCandidate({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; review: z.output<typeof candidateReviewInput> };
}): Promise<{ id: number }> {
  const { id, review } = input;
  const parts = ID.exec(id);
  const since = parts ? new Date(Number(parts[2])) : null;
  const candidates = since ? await loadCandidates({ ctx, since }) : [];
  const candidate = candidates.find((known) => known.id === id);
  if (!candidate) throw new AppError("not-found", `There is no suggested incident ${id}.`);
  return changeRegister(ctx, async (tx, by) => {
    await assertOwnBrokers(tx, ctx, [candidate.brokerId]);
    const incidentId = review.decision === "confirmed" ? await writeIncident(tx, ctx, null, review.incident, by) : null;
    const written = await insertReview(tx, {
      candidateId: id,
      decision: review.decision,
      note: review.decision === "dismissed" ? review.note : "",
      incidentId,
      reviewedAt: by.at,
      reviewedBy: by.actor,
    });
    if (!written) throw new AppError("conflict", "Somebody has reviewed this suggestion already.");
    return {
      result: { id: incidentId ?? 0 },
      audit: {
        action: `incident-candidate.${review.decision}`,
        permission: "registers:write",
        subjectType: "incident-candidate",
        subjectKey: id,
        before: candidate,
        after: review,
      },
    };
  });
}
