import type { BrokerItem } from "@/lib/contracts/brokers";
import type { BrokerRow } from "@/lib/db/broker-queries";
import { isHighlyAvailable, isStale, presenceClass } from "@/lib/domain/broker";
import { severityOfRank } from "@/lib/domain/finding";
import { ownerRefOf } from "@/lib/services/read/owner-ref";

const BASES = ["billed", "allocated", "ambiguous"] as const;

function stringRecord(json: unknown): Record<string, string> {
  if (typeof json !== "object" || json === null) return {};
  return Object.fromEntries(Object.entries(json).flatMap(([k, v]) => (typeof v === "string" ? [[k, v]] : [])));
}

/** A row as the API shows it. `now` decides staleness. */
export function brokerItemOf(row: BrokerRow, now: Date): BrokerItem {
  const observedAt = row.observedAt ?? null;
  const basis = BASES.find((b) => b === row.costBasis);
  return {
    id: row.id,
    arn: row.arn,
    name: row.name,
    accountId: row.accountId,
    accountName: row.accountName,
    region: row.region,
    engine: row.engine,
    engineVersion: row.engineVersion,
    engineLine: row.engineLine,
    deploymentMode: row.deploymentMode,
    highlyAvailable: isHighlyAvailable(row.engine, row.deploymentMode),
    instanceType: row.instanceType,
    storageType: row.storageType,
    state: row.state,
    presence: presenceClass({ goneAt: row.goneAt, state: row.state }),
    publiclyAccessible: row.publiclyAccessible,
    autoMinorVersionUpgrade: row.autoMinorVersionUpgrade,
    environment: row.environment,
    environmentSource: row.environmentSource,
    countsAsProduction: row.countsAsProduction,
    owner: ownerRefOf(row),
    support: { status: row.supportStatus, stage: row.supportStage, endOfSupport: row.endOfSupport },
    openFindings: row.openFindings,
    worstSeverity: severityOfRank(row.worstSeverity),
    monthlyCost:
      row.monthlyCost !== null && row.costCurrency !== null && basis
        ? { amount: row.monthlyCost, currency: row.costCurrency, basis }
        : null,
    createdAt: row.awsCreatedAt?.toISOString() ?? null,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.goneAt ? null : (row.lastSeenAt?.toISOString() ?? null),
    goneAt: row.goneAt?.toISOString() ?? null,
    observedAt: observedAt?.toISOString() ?? null,
    stale: row.goneAt === null && (observedAt === null || isStale(observedAt, now)),
    tags: stringRecord(row.tags),
  };
}
