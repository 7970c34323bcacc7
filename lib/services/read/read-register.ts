import type { z } from "zod";
import type { RegisterView, registerView } from "@/lib/contracts/register";
import {
  applicationRows,
  attestationRows,
  brokerLabels,
  drillRows,
  incidentRows,
  reviewRows,
} from "@/lib/db/register-store";
import { parseDecimal } from "@/lib/domain/money";
import { instantAtStartUtc, intervalContains, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { formatQuarter, quarterBounds, quarterOf, shiftQuarter } from "@/lib/domain/quarter";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { attestedQuarters, causeOf, loadCandidates } from "@/lib/services/load-register";
import { readFreshness } from "@/lib/services/read/freshness";

/** Quarters shown, the running one among them; suggestions reach back as far. */
const QUARTERS = 5;

/** The register of incidents, drills and applications, with what the product suggests and which quarters are attested. */
export async function readRegister({ ctx }: { ctx: Ctx }): Promise<RegisterView> {
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const settings = await currentSettings(ctx.db);
  const running = quarterOf(today, settings.fiscalYearStartMonth);
  const quarters = Array.from({ length: QUARTERS }, (_, index) => shiftQuarter(running, -index));
  const oldest = quarterBounds(quarters.at(-1) ?? running).start;
  const [incidents, drills, applications, reviews, attestations, candidates, freshness] = await Promise.all([
    incidentRows(ctx.db),
    drillRows(ctx.db),
    applicationRows(ctx.db),
    reviewRows(ctx.db),
    attestationRows(ctx.db),
    loadCandidates({ ctx, since: instantAtStartUtc(oldest) }),
    readFreshness({ ctx }),
  ]);
  const labels = await brokerLabels(ctx.db, [
    ...[...incidents, ...drills, ...applications].flatMap(({ brokerIds }) => brokerIds),
    ...candidates.map(({ brokerId }) => brokerId),
  ]);
  const broker = (id: number) =>
    labels.get(id) ?? { id: String(id), name: `broker ${id}`, environment: "unclassified" };
  const brokersOf = (ids: readonly number[]) => ids.map((id) => ({ id: broker(id).id, name: broker(id).name }));
  const reviewOf = new Map(reviews.map((review) => [review.candidateId, review]));
  const attested = attestedQuarters(attestations, incidents, drills);
  const items = candidates.map((candidate): z.input<typeof registerView>["candidates"][number] => {
    const review = reviewOf.get(candidate.id);
    const { id, name, environment } = broker(candidate.brokerId);
    return {
      id: candidate.id,
      broker: { id, name },
      observedAt: candidate.observedAt.toISOString(),
      startedAfter: candidate.startedAfter?.toISOString() ?? null,
      endedBy: candidate.endedBy?.toISOString() ?? null,
      cause: candidate.cause,
      summary: candidate.summary,
      environment,
      review: review
        ? {
            decision: review.decision,
            note: review.note,
            at: review.reviewedAt.toISOString(),
            by: review.reviewedBy,
            incidentId: review.incidentId,
          }
        : null,
    };
  });
  return {
    incidents: incidents
      .filter(({ removedAt }) => removedAt === null)
      .map(({ brokerIds, removedAt: _, ...row }) => ({
        ...row,
        startedAt: row.startedAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        cause: causeOf(row.cause),
        brokers: brokersOf(brokerIds),
        updatedAt: row.updatedAt.toISOString(),
      })),
    drills: drills
      .filter(({ removedAt }) => removedAt === null)
      .map(({ brokerIds, removedAt: _, ...row }) => ({
        ...row,
        startedAt: row.startedAt?.toISOString() ?? null,
        recoveredAt: row.recoveredAt?.toISOString() ?? null,
        brokers: brokersOf(brokerIds),
        updatedAt: row.updatedAt.toISOString(),
      })),
    applications: applications.map(({ brokerIds, ...row }) => ({
      ...row,
      slaTarget: row.slaTarget === null ? null : parseDecimal(row.slaTarget).toNumber(),
      outageCostPerHour: row.outageCostPerHour === null ? null : parseDecimal(row.outageCostPerHour).toFixed(),
      failoverAttestedAt: row.failoverAttestedAt?.toISOString() ?? null,
      brokers: brokersOf(brokerIds),
      updatedAt: row.updatedAt.toISOString(),
    })),
    candidates: [...items.filter(({ review }) => review === null), ...items.filter(({ review }) => review !== null)],
    quarters: quarters.map((quarter) => {
      const bounds = quarterBounds(quarter);
      const own = attested.find(
        ({ start, endExclusive }) => start === bounds.start && endExclusive === bounds.endExclusive,
      );
      return {
        quarter: formatQuarter(quarter),
        startOn: bounds.start,
        endExclusive: bounds.endExclusive,
        over: bounds.endExclusive <= today,
        unreviewed: candidates.filter(
          ({ id, observedAt }) => !reviewOf.has(id) && intervalContains(bounds, plainDateFromInstantUtc(observedAt)),
        ).length,
        attestedAt: own?.at.toISOString() ?? null,
        attestedBy: own?.by ?? null,
        note: own?.note ?? "",
        changedSince: own?.changedSince ?? false,
      };
    }),
    asOf: now.toISOString(),
    freshness,
  };
}
