import type { AccountSession } from "@/lib/aws/gateway";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { networkNeeds, type SecurityGroupFact, type SubnetFact, storeNetwork } from "@/lib/db/network-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

/** Reads zones and open ports of the subnets and security groups that the brokers of a scope name. */
export async function readNetworkScope(
  db: Database,
  session: AccountSession,
  job: ScopeJob,
  at: Date,
): Promise<ScopeReading> {
  const { accountId, region } = job;
  const needs = await networkNeeds(db, accountId, region);
  const idsOf = (kind: string): string[] => needs.flatMap((need) => (need.kind === kind ? [need.id] : []));
  const result = await session.network(region, {
    subnetIds: idsOf("subnet"),
    securityGroupIds: idsOf("security-group"),
  });
  const subnets: SubnetFact[] = [];
  const securityGroups: SecurityGroupFact[] = [];
  for (const { kind, ...fact } of result.items) {
    if ("ingress" in fact) securityGroups.push(fact);
    else subnets.push(fact);
  }
  const requests = session.counts();
  return {
    outcomes: [outcomeOf(job, result, { expectedCount: needs.length, requestCount: requests.ec2?.requests ?? 0 })],
    requests,
    write:
      result.items.length === 0
        ? undefined
        : async (tx) => {
            await storeNetwork(tx, { accountId, region }, { subnets, securityGroups }, at);
            await bumpDataVersions(tx, "fleet");
          },
    followUps: [],
  };
}
