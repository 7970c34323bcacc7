import type { Database } from "@/lib/db/client";

/** A broker reduced to what KPIs look at. Instants are Dates. */
export interface FleetRow {
  id: number;
  arn: string;
  brokerId: string;
  name: string;
  accountId: string;
  region: string;
  engine: string;
  engineVersion: string | null;
  deploymentMode: string | null;
  instanceType: string | null;
  state: string;
  /** False when AWS never described it: engine version and flags were never observed. */
  described: boolean;
  autoMinorVersionUpgrade: boolean | null;
  publiclyAccessible: boolean | null;
  environment: string;
  environmentSource: string;
  countsAsProduction: boolean;
  ownerKey: string | null;
  ownerName: string | null;
  ownerSource: string;
  ownerVerified: boolean | null;
  ownerContactable: boolean | null;
  firstSeenAt: Date;
  goneAt: Date | null;
  /** Run rate of its costs, exact text; null where none could be placed. */
  monthlyCost: string | null;
  costCurrency: string | null;
  /** The last complete or partial description of its scope, or the earlier one since which describing fails. */
  observedAt: Date;
}

/**
 * All brokers of accounts in scope (a removed account's brokers are out; semantics: scope change), gone ones included
 * from `goneSince` on, in the order of their ids.
 */
export function fleetRows(db: Database, goneSince: Date): Promise<FleetRow[]> {
  return db.rows<FleetRow>(
    `SELECT b.id, b.arn, b.broker_id AS "brokerId", b.name, b.account_id AS "accountId", b.region, b.engine,
            b.engine_version AS "engineVersion", b.deployment_mode AS "deploymentMode", b.instance_type AS "instanceType", b.state,
            b.payload_hash IS NOT NULL AS described,
            b.auto_minor_version_upgrade AS "autoMinorVersionUpgrade", b.publicly_accessible AS "publiclyAccessible",
            b.environment, b.environment_source AS "environmentSource", b.counts_as_production AS "countsAsProduction",
            o.key AS "ownerKey", o.display_name AS "ownerName", b.owner_source AS "ownerSource", o.verified AS "ownerVerified",
            (o.email IS NOT NULL OR o.chat_handle IS NOT NULL) AS "ownerContactable",
            b.first_seen_at AS "firstSeenAt", b.gone_at AS "goneAt", b.monthly_cost::text AS "monthlyCost", b.cost_currency AS "costCurrency",
            COALESCE(b.described_until, d.last_read_at, l.last_read_at, b.first_seen_at) AS "observedAt"
       FROM broker b
       LEFT JOIN owner o ON o.id = b.owner_id
       LEFT JOIN scope_state d ON d.source = 'mq-descriptions' AND d.account_id = b.account_id AND d.region = b.region
       LEFT JOIN scope_state l ON l.source = 'mq-brokers' AND l.account_id = b.account_id AND l.region = b.region
      WHERE (b.gone_at IS NULL OR b.gone_at >= $1)
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = b.account_id AND a.removed_at IS NOT NULL)
      ORDER BY b.id`,
    goneSince,
  );
}

export interface EpisodeRow {
  findingId: number;
  ruleId: string;
  discriminator: string;
  brokerId: number | null;
  severity: number;
  state: string;
  /** Day it is due; null where nothing is (a false positive stands, no fix exists on Amazon MQ). */
  dueOn: string | null;
  acknowledgedAt: Date | null;
  openedAt: Date;
  closedAt: Date | null;
  closeCause: string | null;
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerKey: string | null;
}

/**
 * Episodes that overlap [from, until), with the owner and environment they had when they opened. An episode that goes on at the replacement of its broker
 * is there alone, from its original start.
 */
export function episodeRows(db: Database, from: Date, until: Date): Promise<EpisodeRow[]> {
  return db.rows<EpisodeRow>(
    `SELECT e.finding_id AS "findingId", f.rule_id AS "ruleId", f.discriminator, f.broker_id AS "brokerId", e.severity, e.state,
            e.due_on::text AS "dueOn",
            ack.at AS "acknowledgedAt", e.opened_at AS "openedAt", e.closed_at AS "closedAt",
            e.close_cause AS "closeCause", f.account_id AS "accountId", f.region, f.engine, e.environment_at_open AS environment, o.key AS "ownerKey"
       FROM finding_episode e JOIN finding f ON f.id = e.finding_id LEFT JOIN owner o ON o.id = e.owner_id_at_open
       LEFT JOIN (SELECT v.episode_id, min(v.at) AS at FROM finding_event v WHERE v.to_state = 'acknowledged' AND v.note IS NOT NULL
                   GROUP BY v.episode_id) ack ON ack.episode_id = e.id
      WHERE e.opened_at < $2 AND (e.closed_at IS NULL OR e.closed_at >= $1) AND e.moved_to_broker_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = f.account_id AND a.removed_at IS NOT NULL)
      ORDER BY e.id`,
    from,
    until,
  );
}

/** Scopes whose last outcome was not complete (a region that is off is no defect). */
export function incompleteScopes(db: Database): Promise<
  {
    source: string;
    accountId: string;
    region: string;
    status: string;
    since: Date | null;
    message: string | null;
    wayOut: string | null;
  }[]
> {
  return db.rows(
    `SELECT s.source, s.account_id AS "accountId", s.region, s.last_status AS status, s.failing_since AS since, s.message, s.way_out AS "wayOut"
       FROM scope_state s
      WHERE s.last_status NOT IN ('complete', 'region-off', 'skipped')
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = s.account_id AND (a.removed_at IS NOT NULL OR NOT a.enabled))
      ORDER BY s.source, s.account_id, s.region`,
  );
}

/** Current value of a data version (0 when never bumped). */
export async function dataVersion(db: Database, name: string): Promise<bigint> {
  const rows = await db.rows<{ version: bigint }>("SELECT version FROM data_version WHERE name = $1", name);
  return rows[0]?.version ?? 0n;
}
