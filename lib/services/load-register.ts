import {
  type AttestationRow,
  applicationRows,
  attestationRows,
  type DrillRow,
  drillRows,
  type IncidentRow,
  incidentRows,
  reviewRows,
  suspectChanges,
} from "@/lib/db/register-store";
import { isHighlyAvailable } from "@/lib/domain/broker";
import { parseDecimal } from "@/lib/domain/money";
import { type DayInterval, instantAtStartUtc, parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { INCIDENT_CAUSES } from "@/lib/domain/register";
import type { KpiRegister, KpiRegisterBroker } from "@/lib/kpis/define-kpi";
import { type IncidentCandidate, incidentCandidates } from "@/lib/lifecycle/incident-candidates";
import type { Ctx } from "@/lib/services/ctx";
import { currentCalendar } from "@/lib/services/current-calendar";

/** What a broker's row tells the register. */
export interface RegisterBrokerFacts {
  id: number;
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerKey: string | null;
  countsAsProduction: boolean;
  deploymentMode: string | null;
}

/** What the product suggests since an instant, newest first, reviewed or not. */
export async function loadCandidates({ ctx, since }: { ctx: Ctx; since: Date }): Promise<IncidentCandidate[]> {
  return incidentCandidates(await suspectChanges(ctx.db, since), await currentCalendar(ctx.db));
}

/** The register as KPIs see it, with what was suggested since an instant. */
export async function loadRegister({
  ctx,
  brokers,
  since,
}: {
  ctx: Ctx;
  brokers: readonly RegisterBrokerFacts[];
  since: Date;
}): Promise<KpiRegister> {
  const [incidents, drills, applications, reviews, attestations, candidates] = await Promise.all([
    incidentRows(ctx.db),
    drillRows(ctx.db),
    applicationRows(ctx.db),
    reviewRows(ctx.db),
    attestationRows(ctx.db),
    loadCandidates({ ctx, since }),
  ]);
  const byId = new Map(brokers.map((broker) => [broker.id, registerBroker(broker)]));
  const brokersOf = (ids: readonly number[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const reviewed = new Set(reviews.map(({ candidateId }) => candidateId));
  return {
    attested: attestedQuarters(attestations, incidents, drills).flatMap(({ changedSince, ...quarter }) =>
      changedSince ? [] : [quarter],
    ),
    unreviewed: candidates.flatMap(({ id, observedAt }) =>
      reviewed.has(id) ? [] : [plainDateFromInstantUtc(observedAt)],
    ),
    incidents: incidents
      .filter(({ removedAt }) => removedAt === null)
      .map((row) => ({
        id: row.id,
        title: row.title,
        startedAt: row.startedAt,
        endedAt: row.endedAt,
        cause: causeOf(row.cause),
        planned: row.planned,
        applicationIds: row.applicationIds,
        brokers: brokersOf(row.brokerIds),
      })),
    drills: drills
      .filter(({ removedAt }) => removedAt === null)
      .map((row) => ({
        id: row.id,
        plannedOn: row.plannedOn,
        startedAt: row.startedAt,
        recoveredAt: row.recoveredAt,
        successful: row.successful,
        brokers: brokersOf(row.brokerIds),
      })),
    applications: applications.map((row) => ({
      id: row.id,
      name: row.name,
      slaTarget: row.slaTarget === null ? null : parseDecimal(row.slaTarget).toNumber(),
      brokers: brokersOf(row.brokerIds),
    })),
  };
}

/** A stored cause that this version no longer knows is "other". */
export function causeOf(text: string) {
  return INCIDENT_CAUSES.find((cause) => cause === text) ?? "other";
}

/** The quarters that were attested, each by its latest attestation, and whether an entry that touches it was written since. */
export function attestedQuarters(
  attestations: readonly AttestationRow[],
  incidents: readonly IncidentRow[],
  drills: readonly DrillRow[],
): (DayInterval & { at: Date; by: string; note: string; changedSince: boolean })[] {
  const latest = new Map(attestations.map((row) => [`${row.startOn} ${row.endExclusive}`, row]));
  return [...latest.values()].map((row) => {
    const [start, endExclusive] = [parsePlainDate(row.startOn), parsePlainDate(row.endExclusive)];
    const [from, until] = [instantAtStartUtc(start), instantAtStartUtc(endExclusive)];
    const changed =
      incidents.some(
        ({ startedAt, endedAt, updatedAt }) =>
          updatedAt > row.attestedAt && startedAt < until && (endedAt === null || endedAt > from),
      ) ||
      drills.some(({ plannedOn, startedAt, updatedAt }) => {
        const day = startedAt === null ? plannedOn : plainDateFromInstantUtc(startedAt);
        return updatedAt > row.attestedAt && day >= start && day < endExclusive;
      });
    return { start, endExclusive, at: row.attestedAt, by: row.attestedBy, note: row.note, changedSince: changed };
  });
}

function registerBroker({ deploymentMode, ...broker }: RegisterBrokerFacts): KpiRegisterBroker {
  return { ...broker, highlyAvailable: isHighlyAvailable(broker.engine, deploymentMode) };
}
