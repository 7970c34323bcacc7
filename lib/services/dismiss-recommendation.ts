import { MAX_DISMISSAL_DAYS, type RecommendationItem } from "@/lib/contracts/recommendations";
import { countedWaste } from "@/lib/cost/recommendations/count-waste";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { findRecommendation } from "@/lib/db/recommendation-queries";
import { dismissEpisode, lockRecommendation, openRecommendations, setCounted } from "@/lib/db/recommendation-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import { addDays, parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { storedAmountOf } from "@/lib/domain/recommendation";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { assertMayActFor } from "@/lib/services/owner-scope";
import { recommendationItemOf } from "@/lib/services/read/recommendation-item";

/**
 * Sets an open recommendation aside until a day (the first on which it may be made again), with a reason; the broker's next largest waste item counts
 * instead. Errors: not-found; forbidden for somebody else's broker; conflict when it is not open; invalid-input for a day that is not ahead, or too far.
 */
export async function dismissRecommendation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; reason: string; until: string };
}): Promise<RecommendationItem> {
  const { reason } = input;
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const until = parsePlainDate(input.until);
  const missing = new AppError("not-found", `There is no recommendation ${input.id}.`);
  if (!/^\d{1,9}$/.test(input.id)) throw missing;
  const id = Number(input.id);
  return ctx.db.transaction(async (tx) => {
    // An evaluation writes recommendations as well.
    await holdEvaluation(tx);
    const row = await lockRecommendation(tx, id);
    if (!row) throw missing;
    assertMayActFor(ctx, "recommendations:dismiss", row.ownerId);
    if (row.endedAt !== null) throw new AppError("conflict", "The recommendation is not open any more.");
    if (until <= today || until > addDays(today, MAX_DISMISSAL_DAYS))
      throw new AppError("invalid-input", `The day must be ahead, and at most ${MAX_DISMISSAL_DAYS} days.`, {
        details: { field: "until" },
      });
    await dismissEpisode(tx, id, { at: now, actor: ctx.actor.name, reason, until });
    const open = await openRecommendations(tx, row.brokerId);
    const counted = countedWaste(
      open.map((item) => ({ id: item.id, kind: item.kind, nature: item.nature, monthly: storedAmountOf(item) })),
    );
    await setCounted(tx, row.brokerId, counted?.id ?? null);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "recommendation.dismissed",
      permission: "recommendations:dismiss",
      subjectType: "recommendation",
      subjectKey: String(id),
      before: { state: "open" },
      after: { state: "dismissed", kind: row.kind, reason, until },
    });
    await bumpDataVersions(tx, "fleet");
    const item = await findRecommendation(tx, id, today);
    if (!item) throw missing;
    return recommendationItemOf(item);
  });
}
