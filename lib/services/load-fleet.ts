import { episodeRows, type FleetRow, fleetRows } from "@/lib/db/fleet-queries";
import { type BrokerSnapshot, isStale, type ObservedAttributes } from "@/lib/domain/broker";
import type { Environment, EnvironmentClassification } from "@/lib/domain/environment";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { CLOSE_CAUSES, severityOfRank } from "@/lib/domain/finding";
import type { OwnerResolution } from "@/lib/domain/owner-tag";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { sourceTitle } from "@/lib/domain/sync";
import type { KpiBroker, KpiEpisode } from "@/lib/kpis/define-kpi";
import { type SupportStatus, supportStatus } from "@/lib/lifecycle/support-status";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
import { readIncompleteScopes } from "@/lib/services/read/incomplete-scopes";

/** How far back episodes and gone brokers are loaded: the longest period a KPI looks at, and a margin. */
const EPISODE_DAYS = 400;

/** The facts KPIs are computed from, as of the last change of the data; independent of "now" but for the windows above. */
export interface FleetFacts {
  brokers: readonly {
    id: number;
    snapshot: BrokerSnapshot;
    ownerVerified: boolean | null;
    ownerContactable: boolean | null;
  }[];
  episodes: readonly KpiEpisode[];
  everSynced: boolean;
  incompleteScopes: readonly string[];
}

const OWNER_SOURCES: readonly OwnerResolution["source"][] = ["assignment", "tag", "account-default", "none"];

function environmentOf(row: FleetRow): EnvironmentClassification {
  const environment: Environment = ENVIRONMENTS.find((e) => e === row.environment) ?? "unclassified";
  const source =
    row.environmentSource === "tag" || row.environmentSource === "account-default" ? row.environmentSource : "none";
  return {
    environment,
    source,
    key: null,
    rawValue: null,
    countsAsProduction: row.countsAsProduction,
    conflictWithAccountDefault:
      source === "tag" && row.countsAsProduction && environment !== "production" && environment !== "unclassified",
    unmapped: null,
  };
}

function snapshotOf(row: FleetRow): BrokerSnapshot {
  const attributes: ObservedAttributes = { name: row.name, state: row.state };
  if (row.engine !== "UNKNOWN") attributes.engine = row.engine;
  if (row.deploymentMode !== null || row.described) attributes.deploymentMode = row.deploymentMode;
  if (row.instanceType !== null || row.described) attributes.instanceType = row.instanceType;
  if (row.described) {
    attributes.engineVersion = row.engineVersion;
    attributes.autoMinorVersionUpgrade = row.autoMinorVersionUpgrade;
    attributes.publiclyAccessible = row.publiclyAccessible;
  }
  return {
    arn: row.arn,
    brokerId: row.brokerId,
    accountId: row.accountId,
    region: row.region,
    attributes,
    observedAt: row.observedAt,
    firstSeenAt: row.firstSeenAt,
    goneAt: row.goneAt,
    environment: environmentOf(row),
    owner: {
      ownerKey: row.ownerKey,
      display: row.ownerName,
      source: OWNER_SOURCES.find((s) => s === row.ownerSource) ?? "none",
      tagKey: null,
      placeholder: null,
    },
  };
}

/** What the last reading of one source of one account and region came to. */
interface ScopeOutcome {
  source: string;
  accountId: string;
  /** Empty where the source is not cut by region. */
  region: string;
  status: string;
}

/** A caveat for figures: "Broker descriptions, account 111122223333, eu-west-1: last reading denied." */
export function scopeSentence({ source, accountId, region, status }: ScopeOutcome): string {
  const words = status === "partial" ? "incomplete" : status === "unsupported" ? "not supported" : status;
  return `${sourceTitle(source)}, account ${accountId}${region ? `, ${region}` : ""}: last reading ${words}.`;
}

/** Reads the facts for all KPIs but costs, in four queries. */
export async function loadFleetFacts({ ctx }: { ctx: Ctx }): Promise<FleetFacts> {
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - EPISODE_DAYS * 86_400_000);
  const [rows, episodes, scopes, synced] = await Promise.all([
    fleetRows(ctx.db, from),
    episodeRows(ctx.db, from, new Date(now.getTime() + 86_400_000)),
    readIncompleteScopes({ ctx }),
    ctx.db.rows<{ synced: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM scope_state WHERE source = 'mq-brokers' AND last_read_at IS NOT NULL) AS synced`,
    ),
  ]);
  return {
    brokers: rows.map((row) => ({
      id: row.id,
      snapshot: snapshotOf(row),
      ownerVerified: row.ownerVerified,
      ownerContactable: row.ownerContactable,
    })),
    episodes: episodes.map((e) => ({
      findingId: e.findingId,
      ruleId: e.ruleId,
      severity: severityOfRank(e.severity) ?? "low",
      openedAt: e.openedAt,
      closedAt: e.closedAt,
      closeCause: CLOSE_CAUSES.find((c) => c === e.closeCause) ?? null,
      accountId: e.accountId,
      region: e.region,
      engine: e.engine,
      environment: e.environment,
      ownerKey: e.ownerKey,
    })),
    everSynced: synced[0]?.synced ?? false,
    incompleteScopes: scopes.map(scopeSentence),
  };
}

/** The brokers with their support status and staleness at `now`. */
export function kpiBrokersAt(facts: FleetFacts, now: Date, calendar: SupportCalendar): KpiBroker[] {
  const on = plainDateFromInstantUtc(now);
  const memo = new Map<string, SupportStatus>();
  return facts.brokers.map(({ id, snapshot, ownerVerified, ownerContactable }) => {
    const { engine, engineVersion } = snapshot.attributes;
    const key = `${engine} ${engineVersion}`;
    let support = memo.get(key);
    if (!support) {
      support = supportStatus({ engine, version: engineVersion, calendar, on });
      memo.set(key, support);
    }
    return { id, snapshot, support, stale: isStale(snapshot.observedAt, now), ownerVerified, ownerContactable };
  });
}
