import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import type { ReportRow } from "@/lib/db/report-store";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";

/** What happened, for whoever tells people about it. */
export interface ReportReady {
  reportId: number;
  quarter: string;
  stage: string;
  number: number;
  scope: { kind: string; key: string; label: string };
  /** The owner entity of a team's report. */
  ownerId: number | null;
  sha256: string;
}

/**
 * The event "report ready", once per version, in the transaction that freezes it: a notification that is written here is sent if and only if the report
 * exists. Reports of a quarter that runs are looked at by whoever made them and announce nothing.
 */
export async function announceReport(
  tx: Database,
  { ctx, row }: { ctx: Ctx; row: ReportRow },
): Promise<ReportReady | null> {
  if (row.stage === "to-date") return null;
  const event: ReportReady = {
    reportId: row.id,
    quarter: row.quarter,
    stage: row.stage,
    number: row.number,
    scope: { kind: row.scope, key: row.scopeKey, label: row.scopeLabel },
    ownerId: row.ownerId,
    sha256: row.sha256,
  };
  await appendAuditEvent(tx, {
    ...auditedBy(ctx),
    action: "report.ready",
    permission: null,
    subjectType: "report",
    subjectKey: String(row.id),
    before: null,
    after: event,
  });
  return event;
}
