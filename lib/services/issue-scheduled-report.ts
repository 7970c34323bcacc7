import { reportRows } from "@/lib/db/report-store";
import { addDays, isWeekend, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { formatQuarter, previousQuarter, quarterBounds, quarterOf } from "@/lib/domain/quarter";
import type { ReportStage } from "@/lib/domain/report-document";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { issueReportIf } from "@/lib/services/issue-report";

/**
 * Issues what is due of the quarter that is over, for everything: the first version on the first working day after it, the final one as soon as nothing
 * holds it back. Called every day; answers the stage that was issued, or null. Repeating it changes nothing.
 */
export async function issueScheduledReport({ ctx }: { ctx: Ctx }): Promise<ReportStage | null> {
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const quarter = previousQuarter(quarterOf(today, (await currentSettings(ctx.db)).fiscalYearStartMonth));
  if (today < firstWorkingDay(quarterBounds(quarter).endExclusive)) return null;
  const name = formatQuarter(quarter);
  const versions = await reportRows(ctx.db, { quarter: name, scope: "all", key: "", owners: "all" });
  if (versions.some(({ stage }) => stage === "final")) return null;
  const first = versions.every(({ stage }) => stage === "to-date");
  const issued = await issueReportIf({
    ctx,
    input: { quarter: name, scope: "all", key: "" },
    wanted: (stage) => first || stage === "final",
  });
  if (!issued?.created) return null;
  ctx.log.info({ quarter: name, stage: issued.report.stage, report: issued.report.id }, "quarterly report issued");
  return issued.report.stage;
}

/** The day itself, or the Monday after it. Holidays are nobody's business here. */
export function firstWorkingDay(day: PlainDate): PlainDate {
  return isWeekend(day) ? firstWorkingDay(addDays(day, 1)) : day;
}
