import { diffDays, earlierOf, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { defineKpi, type FleetSnapshot, type KpiEpisode, type KpiValue } from "@/lib/kpis/define-kpi";
import { kpiPeriod, kpiPeriodMs } from "@/lib/kpis/kpi-period";
import { countPart, msToDays } from "@/lib/kpis/kpi-scope";
import { type RemediationTimes, remediationContributors, remediationTimes } from "@/lib/kpis/remediation-time";
import { SHIPPED_ADVISORIES } from "@/lib/reference/advisories";

/** The advisory of an episode is its finding's discriminator. */
const ADVISORY_ID = /^(CVE|GHSA)-/;

const TIMES: RemediationTimes = {
  series: [""],
  seriesOf: (episode) => (isCriticalAdvisory(episode) ? "" : null),
  nothingRemediated: () => "No critical advisory was remediated in the period.",
  moreParts: exposureParts,
};

export const mttrCriticalCve = defineKpi({
  id: "mttr-critical-cve",
  version: 1,
  title: "Time to remediate critical CVEs",
  definition:
    "Mean of closing less opening over the episodes of critical upstream advisories that closed in the period as fixed by owner, fixed by AWS or " +
    "replaced, in days. Beside it the median, the 90th percentile (nearest rank), the number of episodes, the split by cause, the number and mean age of " +
    "the open ones, and their mean exposure since the advisory was published, which may be long before the broker was first seen. AWS does not say " +
    "which fixes it backports.",
  numeratorLabel: "days to remediate in all",
  denominatorLabel: "episodes remediated",
  unit: "days",
  direction: "down-is-good",
  target: null,
  source: "Seed 000: mean time to remediate critical vulnerabilities",
  compute: (snapshot) => remediationTimes(snapshot, TIMES),
  contributors: (snapshot) => remediationContributors(snapshot, TIMES),
});

function isCriticalAdvisory({ severity, discriminator }: KpiEpisode): boolean {
  return severity === "critical" && ADVISORY_ID.test(discriminator);
}

/** How long the open ones' brokers have been exposed since publication; a broker cannot have been before it was known to exist. */
function exposureParts(snapshot: FleetSnapshot): KpiValue["parts"] {
  const end = Math.min(kpiPeriodMs(snapshot).until, snapshot.now.getTime());
  const endDay = earlierOf(kpiPeriod(snapshot).endExclusive, plainDateFromInstantUtc(snapshot.now));
  let days = 0;
  let known = 0;
  for (const episode of snapshot.episodes) {
    if (!isCriticalAdvisory(episode) || episode.openedAt.getTime() > end) continue;
    if (episode.closedAt !== null && episode.closedAt.getTime() <= end) continue;
    const published = (snapshot.advisories ?? SHIPPED_ADVISORIES).find(episode.discriminator)?.publishedOn;
    if (published === undefined) continue;
    days += diffDays(published, endDay);
    known += 1;
  }
  if (known === 0) return [];
  return [
    {
      label: "Open: mean days since publication",
      value: msToDays((days * 86_400_000) / known).toFixed(),
      unit: "days",
    },
    countPart("Open: with a known day of publication", known),
  ];
}
