import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { ENVIRONMENTS, type Environment } from "@/lib/domain/environment";
import { SEVERITIES, type Severity } from "@/lib/domain/finding";

/** A stored difference of a rule from its default. */
export interface RuleSettingRow {
  ruleId: string;
  environment: Environment | "";
  enabled: boolean;
  severity: Severity | null;
  thresholds: Readonly<Record<string, number>>;
  reason: string;
  updatedAt: Date;
  updatedBy: string;
}

const thresholdsColumn = z.record(z.string(), z.number());

/** Every difference, or those of one rule, in a total order. */
export async function ruleSettings(db: Database, ruleId?: string): Promise<RuleSettingRow[]> {
  const rows = await db.rows<
    Omit<RuleSettingRow, "environment" | "severity" | "thresholds"> & {
      environment: string;
      severity: string | null;
      thresholds: unknown;
    }
  >(
    `SELECT rule_id AS "ruleId", environment, enabled, severity, thresholds, reason, updated_at AS "updatedAt", updated_by AS "updatedBy"
       FROM rule_setting WHERE $1::text IS NULL OR rule_id = $1 ORDER BY rule_id, environment`,
    ruleId ?? null,
  );
  return rows.map((row) => ({
    ...row,
    environment: ENVIRONMENTS.find((environment) => environment === row.environment) ?? "",
    severity: SEVERITIES.find((severity) => severity === row.severity) ?? null,
    thresholds: thresholdsColumn.parse(row.thresholds),
  }));
}

/** Replaces all that is stored of a rule; no rows: it is as shipped. */
export async function replaceRuleSettings(
  db: Database,
  ruleId: string,
  rows: readonly RuleSettingRow[],
): Promise<void> {
  await db.execute(`DELETE FROM rule_setting WHERE rule_id = $1`, ruleId);
  if (rows.length === 0) return;
  await db.execute(
    `INSERT INTO rule_setting (rule_id, environment, enabled, severity, thresholds, reason, updated_at, updated_by)
     SELECT "ruleId", environment, enabled, severity, thresholds, reason, "updatedAt", "updatedBy"
     FROM jsonb_to_recordset($1::jsonb) AS r("ruleId" text, environment text, enabled boolean, severity text, thresholds jsonb, reason text,
       "updatedAt" timestamptz, "updatedBy" text)`,
    toJsonb(rows),
  );
}

/** How many present brokers each rule says what of, as the last evaluation stored it. */
export function ruleOutcomeCounts(db: Database): Promise<{ ruleId: string; outcome: string; brokers: number }[]> {
  return db.rows(
    `SELECT r.key AS "ruleId", r.value AS outcome, count(*)::int AS brokers
       FROM broker b CROSS JOIN LATERAL jsonb_each_text(b.rule_results) AS r
      WHERE b.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = b.account_id AND a.removed_at IS NOT NULL)
      GROUP BY 1, 2`,
  );
}

/** Findings of each rule that are not closed. */
export function openFindingsByRule(db: Database): Promise<{ ruleId: string; findings: number }[]> {
  return db.rows(
    `SELECT rule_id AS "ruleId", count(*)::int AS findings FROM finding WHERE state <> 'closed' GROUP BY 1`,
  );
}
