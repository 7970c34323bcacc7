import { SEVERITIES } from "@/lib/domain/finding";
import { defineKpi } from "@/lib/kpis/define-kpi";
import { type RemediationTimes, remediationContributors, remediationTimes } from "@/lib/kpis/remediation-time";

const TIMES: RemediationTimes = {
  series: [...SEVERITIES].reverse(),
  seriesOf: ({ severity }) => severity,
  nothingRemediated: (severity) => `No ${severity} finding was remediated in the period.`,
};

export const mttrBySeverity = defineKpi({
  id: "mttr-by-severity",
  version: 1,
  title: "Mean time to remediate",
  definition:
    "Mean of closing less opening over the episodes of all rules that closed in the period as fixed by owner, fixed by AWS or replaced, per severity, " +
    "in days. Beside it the median, the 90th percentile (nearest rank), the number of episodes, the same split by cause, and the number and mean " +
    "age of the episodes that were open at the end of the period, so that what is never closed cannot flatter the figure. Times are known to one " +
    "observation interval.",
  numeratorLabel: "days to remediate in all",
  denominatorLabel: "episodes remediated",
  unit: "days",
  direction: "down-is-good",
  target: null,
  source: "Seed 000: mean time to remediate, over all rules",
  compute: (snapshot) => remediationTimes(snapshot, TIMES),
  contributors: (snapshot) => remediationContributors(snapshot, TIMES),
});
