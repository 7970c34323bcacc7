import type { BrokerItem } from "@/lib/contracts/brokers";
import type { ListQuery } from "@/lib/contracts/common";
import { listBrokers } from "@/lib/db/broker-queries";
import type { Ctx } from "@/lib/services/ctx";
import { brokerItemOf } from "@/lib/services/read/broker-item";
import { csvResponse } from "@/lib/services/read/csv";
import { everyPage } from "@/lib/services/read/every-page";
import { staleBefore } from "@/lib/services/read/read-brokers";

const HEADER = [
  "Broker",
  "Broker id",
  "ARN",
  "Account",
  "Account name",
  "Region",
  "Engine",
  "Engine version",
  "Deployment mode",
  "Highly available",
  "Instance type",
  "Storage type",
  "State",
  "Presence",
  "Environment",
  "Environment source",
  "Counts as production",
  "Owner",
  "Owner source",
  "Owner verified",
  "Support status",
  "Support stage",
  "End of support",
  "Public",
  "Auto minor version upgrade",
  "Open findings",
  "Worst severity",
  "Run rate per month",
  "Currency",
  "Cost basis",
  "Created at",
  "First seen at",
  "Last seen at",
  "Gone at",
  "Observed at",
  "Stale",
  "Tags",
];

/** Exactly the brokers that match, as CSV, in the order of the list; `limit` and `cursor` are ignored. Errors: invalid-input. */
export function exportBrokers({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<Response> {
  const now = ctx.clock.now();
  const pages = everyPage(
    (page) => listBrokers(ctx.db, { ...input, ...page, staleBefore: staleBefore(now) }),
    (row) => brokerItemOf(row, now),
  );
  return csvResponse(`brokers-${now.toISOString().slice(0, 10)}.csv`, HEADER, pages, cellsOf);
}

function cellsOf(b: BrokerItem) {
  return [
    b.name,
    b.id,
    b.arn,
    b.accountId,
    b.accountName,
    b.region,
    b.engine,
    b.engineVersion,
    b.deploymentMode,
    b.highlyAvailable,
    b.instanceType,
    b.storageType,
    b.state,
    b.presence,
    b.environment,
    b.environmentSource,
    b.countsAsProduction,
    b.owner?.displayName,
    b.owner?.source,
    b.owner?.verified,
    b.support.status,
    b.support.stage,
    b.support.endOfSupport,
    b.publiclyAccessible,
    b.autoMinorVersionUpgrade,
    b.openFindings,
    b.worstSeverity,
    b.monthlyCost?.amount,
    b.monthlyCost?.currency,
    b.monthlyCost?.basis,
    b.createdAt,
    b.firstSeenAt,
    b.lastSeenAt,
    b.goneAt,
    b.observedAt,
    b.stale,
    Object.entries(b.tags)
      .map(([k, v]) => `${k}=${v}`)
      .join("; "),
  ];
}
