import type { Database } from "@/lib/db/client";
import { insertEvents } from "@/lib/db/notification-event-store";
import type { ReportRow } from "@/lib/db/report-store";
import { severityRank } from "@/lib/domain/finding";
import type { Ctx } from "@/lib/services/ctx";

/**
 * The event "report ready", once per version, in the transaction that freezes it: people are told if and only if the report exists. Reports of a quarter
 * that runs are looked at by whoever made them and announce nothing.
 */
export async function announceReport(tx: Database, { ctx, row }: { ctx: Ctx; row: ReportRow }): Promise<void> {
  if (row.stage === "to-date") return;
  await insertEvents(
    tx,
    [
      {
        key: `report-ready:${row.id}`,
        kind: "report-ready",
        severity: severityRank("low"),
        ownerId: row.ownerId,
        findingId: null,
        facts: {
          reportId: row.id,
          quarter: row.quarter,
          stage: row.stage,
          number: row.number,
          scope: row.scopeLabel,
        },
      },
    ],
    ctx.clock.now(),
  );
  await ctx.queue.add("notify", {}, { key: "notify", within: tx });
}
