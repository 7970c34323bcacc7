import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { OtherSubjectType } from "@/lib/domain/finding-subject";

/** What the rules say of an account or a configuration. */
export interface SubjectOutcomes {
  subjectType: OtherSubjectType;
  subjectKey: string;
  /** Outcome by rule id. */
  ruleResults: Readonly<Record<string, string>>;
}

/** Makes these all that is stored; rows that say the same stay untouched. */
export async function replaceSubjectOutcomes(db: Database, outcomes: readonly SubjectOutcomes[]): Promise<void> {
  await db.execute(
    `WITH told AS MATERIALIZED (
       SELECT "subjectType", "subjectKey", "ruleResults" FROM jsonb_to_recordset($1::jsonb) AS s("subjectType" text, "subjectKey" text, "ruleResults" jsonb)
     ), gone AS (
       DELETE FROM subject_outcome o WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t."subjectType" = o.subject_type AND t."subjectKey" = o.subject_key)
     )
     INSERT INTO subject_outcome (subject_type, subject_key, rule_results)
     SELECT "subjectType", "subjectKey", "ruleResults" FROM told ORDER BY 1, 2
     ON CONFLICT (subject_type, subject_key) DO UPDATE SET rule_results = EXCLUDED.rule_results
       WHERE subject_outcome.rule_results <> EXCLUDED.rule_results`,
    toJsonb(outcomes),
  );
}

/** How many accounts and configurations each rule says what of, as the last evaluation stored it. */
export function subjectOutcomeCounts(db: Database): Promise<{ ruleId: string; outcome: string; subjects: number }[]> {
  return db.rows(
    `SELECT r.key AS "ruleId", r.value AS outcome, count(*)::int AS subjects
       FROM subject_outcome o CROSS JOIN LATERAL jsonb_each_text(o.rule_results) AS r GROUP BY 1, 2`,
  );
}
