import { engineLabel } from "@/components/broker/labels";
import { formatNumberOf } from "@/components/ui/figures";
import { formatDay } from "@/components/ui/times";
import { type CutQuery, formatFilterToken } from "@/lib/contracts/common";
import type { ExposureGroupView, LifecycleEntryView } from "@/lib/contracts/lifecycle";
import { cutSearch } from "@/lib/queries/list-search";

type Named = Pick<LifecycleEntryView, "kind" | "engine" | "name">;

/** "RabbitMQ 3.12", "mq.m5.large for ActiveMQ". */
export function entryTitle({ kind, engine, name }: Named): string {
  const known = name === "unknown" ? "of unknown version" : name;
  if (kind === "engine-line") return `${engineLabel(engine)} ${known}`;
  return `${name === "unknown" ? "Unknown type" : name} for ${engineLabel(engine)}`;
}

/** Where a line or type stands, in a few words. */
export function entryStatus(entry: LifecycleEntryView): string {
  const { state, stage, endOfSupport, forcedUpgradeEndExclusive, noEndDateAsOf, brokers } = entry;
  if (endOfSupport === null) {
    return noEndDateAsOf ? `No end date published as of ${formatDay(noEndDateAsOf)}` : "Support unknown";
  }
  const day = formatDay(endOfSupport);
  if (state !== "past-end-of-support") {
    const stages: Readonly<Record<string, string>> = {
      notice: ", in AWS's notice period",
      "create-blocked": ", new brokers are refused",
    };
    return `Ends ${day}${stages[stage ?? ""] ?? ""}`;
  }
  if (stage === "forced-upgrade-window" && forcedUpgradeEndExclusive)
    return `Ended ${day}, AWS may upgrade before ${formatDay(forcedUpgradeEndExclusive)}`;
  return `Ended ${day}${stage === "overdue" && brokers > 0 ? ", overdue" : ""}`;
}

/** A date, or why there is none. */
export function dayOr(day: string | null, otherwise: string): string {
  return day === null ? otherwise : formatDay(day);
}

/** "31 Jul 2026 (upstream)"; what no primary source says is marked. */
export function upstreamText({ upstreamEnds }: Pick<LifecycleEntryView, "upstreamEnds">): string {
  return upstreamEnds
    .map(({ endOfLife, verified }) => `${formatDay(endOfLife)}${verified ? "" : " (not verified)"}`)
    .join(", ");
}

export function endText({ endOfSupport, noEndDateAsOf }: LifecycleEntryView): string {
  if (endOfSupport) return formatDay(endOfSupport);
  return noEndDateAsOf ? `none published as of ${formatDay(noEndDateAsOf)}` : "not known";
}

const IN_SCOPE = { property: "presence", operator: "=", value: "in-scope" } as const;

/** Address of the brokers list with brokers in scope, limited by filters and by the page's cut (of which `narrower` replaces parts). */
export function brokersHref(
  filters: readonly Parameters<typeof formatFilterToken>[0][],
  cut: CutQuery,
  narrower: CutQuery = {},
): string {
  const search = new URLSearchParams(cutSearch({ ...cut, ...narrower }));
  for (const filter of [...filters, IN_SCOPE]) search.append("filter", formatFilterToken(filter));
  return `/brokers?${search}`;
}

/** The filters that find the brokers on a line or type. */
export function entryFilters({ kind, engine, name }: Named): Parameters<typeof formatFilterToken>[0][] {
  const property = kind === "engine-line" ? "engineLine" : "instanceType";
  return [
    { property: "engine", operator: "=", value: engine },
    { property, operator: "=", value: kind === "instance-type" && name === "unknown" ? "" : name },
  ];
}

/** What a group of the exposure is about. */
export function exposureTitle({ kind, quarter }: ExposureGroupView, today: string): string {
  switch (kind) {
    case "past-end-of-support":
      return "Past end of support";
    case "ends-in-quarter":
      return `Ends in ${quarter && quarter.start <= today ? `the rest of ${quarter.name}` : (quarter?.name ?? "")}`;
    case "ends-later":
      return "Ends later";
    case "no-end-published":
      return "No end date published";
    case "unknown":
      return "Support unknown";
    default:
      return "Last observed more than 3 days ago";
  }
}

/** The filters that find the brokers of a group of engine lines; null where the list cannot be asked for them. */
export function exposureFilters({ kind, quarter }: ExposureGroupView): Parameters<typeof formatFilterToken>[0][] {
  const fresh = { property: "stale", operator: "=", value: "false" } as const;
  const support = (value: string) => [{ property: "supportStatus", operator: "=", value } as const, fresh];
  switch (kind) {
    case "past-end-of-support":
    case "unknown":
      return support(kind);
    case "ends-in-quarter":
      return [
        { property: "supportStatus", operator: "!=", value: "past-end-of-support" },
        { property: "endOfSupport", operator: ">=", value: quarter?.start ?? "" },
        { property: "endOfSupport", operator: "<", value: quarter?.endExclusive ?? "" },
        fresh,
      ];
    case "no-end-published":
      return [...support("supported"), { property: "endOfSupport", operator: "=", value: "" }];
    case "stale":
      return [{ ...fresh, value: "true" }];
    default:
      return [];
  }
}

/** "RabbitMQ 3.12 (4 brokers), RabbitMQ 3.11 (1 broker)". */
export function partText(entry: LifecycleEntryView, brokers: number): string {
  return `${entryTitle(entry)} (${formatNumberOf(brokers, "broker")})`;
}
