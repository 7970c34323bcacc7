import { parseObservedAttributes } from "@/lib/db/broker-attributes";
import type { Database } from "@/lib/db/client";
import type { ObservedAttributes } from "@/lib/domain/broker";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/** What evaluation derives of a broker and keeps in its row. */
export interface BrokerDerivation {
  environment: string;
  environmentSource: string;
  countsAsProduction: boolean;
  ownerId: number | null;
  ownerSource: string;
  supportStatus: string;
  supportStage: string | null;
  endOfSupport: PlainDate | null;
  openFindings: number;
  worstSeverity: number;
  /** Rule id -> outcome. Empty: never evaluated. */
  ruleResults: Readonly<Record<string, string>>;
}

/** A broker as evaluation needs it, with what the last evaluation derived. */
export interface EvaluatedBroker {
  id: number;
  arn: string;
  brokerId: string;
  accountId: string;
  region: string;
  attributes: ObservedAttributes;
  described: boolean;
  describedUntil: Date | null;
  firstSeenAt: Date;
  goneAt: Date | null;
  ownerKey: string | null;
  ownerName: string | null;
  derived: BrokerDerivation;
}

interface Row
  extends Omit<EvaluatedBroker, "attributes" | "derived">,
    Omit<BrokerDerivation, "ruleResults" | "endOfSupport"> {
  attributes: unknown;
  ruleResults: unknown;
  endOfSupport: string | null;
}

/**
 * Brokers to evaluate, by id: all that are not gone, and gone ones that still have findings which are not closed, unless a confirmed replacement decides
 * about those (lib/services/settle-replacements.ts). Page by `afterId`.
 */
export async function brokersToEvaluate(db: Database, afterId: number, limit: number): Promise<EvaluatedBroker[]> {
  const rows = await db.rows<Row>(
    `SELECT b.id, b.arn, b.broker_id AS "brokerId", b.account_id AS "accountId", b.region, b.attributes, b.payload_hash IS NOT NULL AS described,
       b.described_until AS "describedUntil", b.first_seen_at AS "firstSeenAt", b.gone_at AS "goneAt",
       o.key AS "ownerKey", o.display_name AS "ownerName",
       b.environment, b.environment_source AS "environmentSource", b.counts_as_production AS "countsAsProduction", b.owner_id AS "ownerId",
       b.owner_source AS "ownerSource", b.support_status AS "supportStatus", b.support_stage AS "supportStage",
       b.end_of_support::text AS "endOfSupport", b.open_findings AS "openFindings", b.worst_severity AS "worstSeverity",
       b.rule_results AS "ruleResults"
     FROM broker b LEFT JOIN owner o ON o.id = b.owner_id
     WHERE b.id > $1 AND (b.gone_at IS NULL
       OR EXISTS (SELECT 1 FROM finding f WHERE f.broker_id = b.id AND f.state <> 'closed')
          AND NOT EXISTS (SELECT 1 FROM broker_replacement r WHERE r.old_broker_id = b.id AND r.withdrawn_at IS NULL AND r.settled_at IS NULL))
     ORDER BY b.id LIMIT $2`,
    afterId,
    limit,
  );
  return rows.map((row) => ({
    id: row.id,
    arn: row.arn,
    brokerId: row.brokerId,
    accountId: row.accountId,
    region: row.region,
    attributes: parseObservedAttributes(row.attributes),
    described: row.described,
    describedUntil: row.describedUntil,
    firstSeenAt: row.firstSeenAt,
    goneAt: row.goneAt,
    ownerKey: row.ownerKey,
    ownerName: row.ownerName,
    derived: {
      environment: row.environment,
      environmentSource: row.environmentSource,
      countsAsProduction: row.countsAsProduction,
      ownerId: row.ownerId,
      ownerSource: row.ownerSource,
      supportStatus: row.supportStatus,
      supportStage: row.supportStage,
      endOfSupport: row.endOfSupport !== null && isPlainDate(row.endOfSupport) ? row.endOfSupport : null,
      openFindings: row.openFindings,
      worstSeverity: row.worstSeverity,
      ruleResults: textRecord(row.ruleResults),
    },
  }));
}

/** Writes derivations that differ; the caller leaves out the others. */
export async function storeDerivations(
  db: Database,
  derivations: readonly ({ id: number } & BrokerDerivation)[],
): Promise<void> {
  if (derivations.length === 0) return;
  await db.execute(
    `UPDATE broker b SET environment = d.environment, environment_source = d."environmentSource", counts_as_production = d."countsAsProduction",
       owner_id = d."ownerId", owner_source = d."ownerSource", support_status = d."supportStatus", support_stage = d."supportStage",
       end_of_support = d."endOfSupport", open_findings = d."openFindings", worst_severity = d."worstSeverity", rule_results = d."ruleResults"
     FROM jsonb_to_recordset($1::jsonb) AS d(id int, environment text, "environmentSource" text, "countsAsProduction" boolean, "ownerId" int,
       "ownerSource" text, "supportStatus" text, "supportStage" text, "endOfSupport" date, "openFindings" int, "worstSeverity" int, "ruleResults" jsonb)
     WHERE b.id = d.id`,
    JSON.stringify(derivations),
  );
}

export interface StoredChange {
  arn: string;
  attribute: string;
  oldValue: unknown;
  newValue: unknown;
  observedAt: Date;
  previousObservedAt: Date | null;
}

/** Changes recorded since the last run that was evaluated, oldest first. */
export async function changesSinceLastEvaluation(db: Database, runId: number): Promise<StoredChange[]> {
  return db.rows<StoredChange>(
    `SELECT b.arn, c.attribute, c.old_value AS "oldValue", c.new_value AS "newValue", c.observed_at AS "observedAt",
       c.previous_observed_at AS "previousObservedAt"
     FROM broker_change c JOIN broker b ON b.id = c.broker_id
     WHERE c.observed_at > COALESCE((SELECT max(as_of) FROM sync_run WHERE id < $1 AND status IN ('complete', 'partial')), '-infinity')
       AND c.run_id > COALESCE((SELECT max(id) FROM sync_run WHERE id < $1 AND status IN ('complete', 'partial')), 0) AND c.run_id <= $1
     ORDER BY c.id`,
    runId,
  );
}

function textRecord(json: unknown): Record<string, string> {
  if (typeof json !== "object" || json === null) return {};
  return Object.fromEntries(
    Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
