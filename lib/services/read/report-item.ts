import type { z } from "zod";
import type { reportItem } from "@/lib/contracts/reports";
import type { ReportRow } from "@/lib/db/report-store";
import { REPORT_SCOPES, REPORT_STAGES } from "@/lib/domain/report-document";

/** A version on the wire. */
export function reportItemOf(row: ReportRow): z.input<typeof reportItem> {
  const { ownerId: _, figuresSha256: __, scope, scopeKey, scopeLabel, startOn, ...rest } = row;
  return {
    ...rest,
    start: startOn,
    stage: REPORT_STAGES.find((stage) => stage === row.stage) ?? "preliminary",
    scope: { kind: REPORT_SCOPES.find((kind) => kind === scope) ?? "all", key: scopeKey, label: scopeLabel },
    asOf: row.asOf.toISOString(),
    computedAt: row.computedAt.toISOString(),
  };
}
