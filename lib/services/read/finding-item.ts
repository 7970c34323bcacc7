import type { FindingItem } from "@/lib/contracts/findings";
import type { FindingRow } from "@/lib/db/finding-queries";
import { isStale } from "@/lib/domain/broker";
import { severityOfRank } from "@/lib/domain/finding";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { findRule } from "@/lib/rules/registry";
import { ownerRefOf } from "@/lib/services/read/owner-ref";

/** A row as the API shows it. `now` decides age, overdue and staleness. */
export function findingItemOf(row: FindingRow, now: Date): FindingItem {
  const rule = findRule(row.ruleId);
  const until = row.closedAt ?? now;
  return {
    id: row.id,
    ruleId: row.ruleId,
    ruleTitle: rule?.title ?? row.ruleId,
    category: rule?.category ?? "retired",
    severity: severityOfRank(row.severity) ?? "low",
    state: row.state,
    closeCause: row.closeCause,
    summary: row.summary,
    discriminator: row.discriminator,
    subjectType: row.subjectType,
    subjectKey: row.subjectKey,
    subjectName: row.brokerName ?? row.subjectName ?? row.subjectKey.split(":").at(-1) ?? row.subjectKey,
    brokerId: row.brokerId,
    brokerName: row.brokerName,
    accountId: row.accountId,
    region: row.region,
    engine: row.engine,
    engineVersion: row.engineVersion,
    environment: row.environment,
    owner: ownerRefOf(row),
    openedAt: row.openedAt.toISOString(),
    firstOpenedAt: row.firstOpenedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    ageDays: Math.max(0, Math.floor((until.getTime() - row.openedAt.getTime()) / 86_400_000)),
    dueOn: row.dueOn,
    overdue: row.state !== "closed" && row.dueOn !== null && row.dueOn <= plainDateFromInstantUtc(now),
    recurring: row.recurring,
    episodeCount: row.episodeCount,
    assignee: row.assignee,
    targetOn: row.targetOn,
    acceptedUntil: row.state === "accepted" ? (row.acceptedUntil?.toISOString() ?? null) : null,
    fixClaimedAt: row.fixClaimedAt?.toISOString() ?? null,
    dueMoved: row.dueMoved,
    stale: row.state !== "closed" && isOld(row, now),
  };
}

/** Whether the facts behind a finding are too old; nothing of a broker that is gone grows older. */
function isOld({ subjectType, brokerGone, observedAt }: FindingRow, now: Date): boolean {
  const ages = subjectType !== "broker" || brokerGone === false;
  return ages && (observedAt === null || isStale(observedAt, now));
}
