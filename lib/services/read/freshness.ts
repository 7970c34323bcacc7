import type { Freshness } from "@/lib/contracts/common";
import { freshnessRow } from "@/lib/db/run-queries";
import { isStale } from "@/lib/domain/broker";
import type { Ctx } from "@/lib/services/ctx";
import { readIncompleteScopes, someOfEachSource } from "@/lib/services/read/incomplete-scopes";

/** What a source's failure makes uncertain, in the words of the pages. */
const AFFECTS: Readonly<Record<string, string>> = {
  "sts-identity": "everything of this account",
  "mq-brokers": "which brokers exist there",
  "mq-descriptions": "versions, flags and tags of its brokers, and the findings and KPIs that rest on them",
  "mq-configurations": "topology of its ActiveMQ brokers",
  "mq-configuration-list": "which configurations nobody uses, and which brokers are behind their newest revision",
  "mq-users": "what the users of its ActiveMQ brokers may do",
  "ec2-network": "availability zones and open ports of its brokers",
  "health-events": "what AWS itself announces about its brokers",
  "cloudtrail-events": "who changed or rebooted its brokers",
  "price-list": "list prices of estimates, which come from the shipped list",
  "mq-offers": "offered versions and instance types",
  "cost-usage": "costs and run rate of the account",
  "cost-resources": "per-broker billed costs",
  metrics: "metrics of its brokers",
};
const SHOWN = 20;

/** How fresh the inventory behind an answer is; part of every list and figure. */
export async function readFreshness({ ctx }: { ctx: Ctx }): Promise<Freshness> {
  const [row, incomplete] = await Promise.all([freshnessRow(ctx.db), readIncompleteScopes({ ctx })]);
  return {
    everSynced: row.everSynced,
    lastRunId: row.lastRunId,
    lastFinishedAt: row.lastFinishedAt?.toISOString() ?? null,
    lastStatus: row.lastStatus,
    running: row.running,
    oldestCompleteAt: row.oldestCompleteAt?.toISOString() ?? null,
    stale: row.everSynced && (row.oldestCompleteAt ? isStale(row.oldestCompleteAt, ctx.clock.now()) : false),
    incomplete: someOfEachSource(incomplete, SHOWN).map((s) => ({
      ...s,
      since: s.since?.toISOString() ?? null,
      affects: AFFECTS[s.source] ?? s.source,
    })),
    incompleteTotal: incomplete.length,
  };
}
