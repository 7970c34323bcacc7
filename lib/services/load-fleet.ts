import { type EpisodeRow, episodeRows, type FleetRow, fleetRows } from "@/lib/db/fleet-queries";
import { type BrokerSnapshot, isStale, type ObservedAttributes } from "@/lib/domain/broker";
import type { Environment, EnvironmentClassification } from "@/lib/domain/environment";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { CLOSE_CAUSES, FINDING_STATES, severityOfRank } from "@/lib/domain/finding";
import { type Money, parseDecimal } from "@/lib/domain/money";
import type { OwnerResolution } from "@/lib/domain/owner-tag";
import { isPlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { sourceTitle } from "@/lib/domain/sync";
import type { CostAdvice, KpiBroker, KpiEpisode, KpiRegister } from "@/lib/kpis/define-kpi";
import { FACT_DAYS } from "@/lib/kpis/kpi-scope";
import { supportStatus } from "@/lib/lifecycle/support-status";
import type { MeshStanding } from "@/lib/mesh/mesh-standing";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { loadCostAdvice } from "@/lib/services/load-cost-advice";
import { loadMeshStandings } from "@/lib/services/load-mesh-standings";
import { loadRegister } from "@/lib/services/load-register";
import { readIncompleteScopes } from "@/lib/services/read/incomplete-scopes";

/** The facts KPIs are computed from, as of the last change of the data; independent of "now" but for the windows above. */
export interface FleetFacts {
  brokers: readonly {
    id: number;
    snapshot: BrokerSnapshot;
    ownerVerified: boolean | null;
    ownerContactable: boolean | null;
    mesh?: MeshStanding;
    monthlyCost: Money | null;
    advice?: CostAdvice | undefined;
  }[];
  episodes: readonly KpiEpisode[];
  /** Whether anybody ever acknowledged a finding. */
  acknowledgementsKnown: boolean;
  fiscalYearStartMonth: number;
  register: KpiRegister;
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

/** Reads the facts for all KPIs but costs, in a few queries. */
export async function loadFleetFacts({ ctx }: { ctx: Ctx }): Promise<FleetFacts> {
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - FACT_DAYS * 86_400_000);
  const [rows, episodes, scopes, synced, meshes, settings, adviceOf] = await Promise.all([
    fleetRows(ctx.db, from),
    episodeRows(ctx.db, from, new Date(now.getTime() + 86_400_000)),
    readIncompleteScopes({ ctx }),
    ctx.db.rows<{ synced: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM scope_state WHERE source = 'mq-brokers' AND last_read_at IS NOT NULL) AS synced`,
    ),
    loadMeshStandings({ ctx }),
    currentSettings(ctx.db),
    loadCostAdvice({ ctx }),
  ]);
  const register = await loadRegister({ ctx, brokers: rows, since: from });
  return {
    register,
    brokers: rows.map((row) => ({
      id: row.id,
      snapshot: snapshotOf(row),
      ownerVerified: row.ownerVerified,
      ownerContactable: row.ownerContactable,
      mesh: meshes.get(row.id),
      monthlyCost:
        row.monthlyCost === null || row.costCurrency === null
          ? null
          : { amount: parseDecimal(row.monthlyCost), currency: row.costCurrency },
      advice: adviceOf(row),
    })),
    episodes: episodes.map(episodeOf),
    acknowledgementsKnown: episodes.some(({ acknowledgedAt }) => acknowledgedAt !== null),
    fiscalYearStartMonth: settings.fiscalYearStartMonth,
    everSynced: synced[0]?.synced ?? false,
    incompleteScopes: scopes.map(scopeSentence),
  };
}

function episodeOf(row: EpisodeRow): KpiEpisode {
  const severity = severityOfRank(row.severity) ?? "low";
  return {
    findingId: row.findingId,
    ruleId: row.ruleId,
    discriminator: row.discriminator,
    brokerId: row.brokerId,
    severity,
    state: FINDING_STATES.find((state) => state === row.state) ?? "open",
    dueOn: row.dueOn !== null && isPlainDate(row.dueOn) ? row.dueOn : null,
    acknowledgedAt: row.acknowledgedAt,
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    closeCause: CLOSE_CAUSES.find((cause) => cause === row.closeCause) ?? null,
    accountId: row.accountId,
    region: row.region,
    engine: row.engine,
    environment: row.environment,
    ownerKey: row.ownerKey,
  };
}

/** The brokers with their support status and staleness at `now`. */
export function kpiBrokersAt(facts: FleetFacts, now: Date, calendar: SupportCalendar): KpiBroker[] {
  const on = plainDateFromInstantUtc(now);
  return facts.brokers.map(({ snapshot, ...known }) => {
    const { engine, engineVersion: version } = snapshot.attributes;
    const support = supportStatus({ engine, version, calendar, on });
    return { ...known, snapshot, support, stale: isStale(snapshot.observedAt, now) };
  });
}
