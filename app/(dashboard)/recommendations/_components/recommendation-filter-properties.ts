import { engineLabel, sentenceCase } from "@/components/broker/labels";
import type { FilterProperty, FilterValue } from "@/components/list/list-filter";
import { END_CAUSE_LABELS, KIND_LABELS } from "@/components/recommendation/recommendation-words";
import { CONFIDENCE_LEVELS, RECOMMENDATION_END_CAUSES, RECOMMENDATION_KINDS } from "@/lib/domain/recommendation";

/** What recommendations can be filtered by. */
export const RECOMMENDATION_FILTER_PROPERTIES: readonly FilterProperty[] = [
  { key: "kind", label: "Kind", values: "Kinds", kind: "choice" },
  { key: "nature", label: "Saving or premium", values: "Natures", kind: "choice" },
  { key: "state", label: "State", values: "States", kind: "choice" },
  { key: "counted", label: "Counted in sums", values: "Answers", kind: "choice" },
  { key: "confidence", label: "Confidence", values: "Levels", kind: "choice" },
  { key: "cause", label: "How it ended", values: "Causes", kind: "choice" },
  { key: "broker", label: "Broker", values: "Brokers", kind: "text" },
  { key: "brokerId", label: "Broker id", values: "Broker ids", kind: "choice" },
  { key: "owner", label: "Owner", values: "Owners", kind: "text" },
  { key: "account", label: "Account", values: "Accounts", kind: "choice" },
  { key: "region", label: "Region", values: "Regions", kind: "choice" },
  { key: "engine", label: "Engine", values: "Engines", kind: "choice" },
  { key: "environment", label: "Environment", values: "Environments", kind: "choice" },
  { key: "instanceType", label: "Instance type", values: "Instance types", kind: "text" },
  { key: "monthly", label: "Per month", values: "Amounts", kind: "ordered" },
  { key: "openedAt", label: "Since", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "endedAt", label: "Ended", values: "Days (YYYY-MM-DD)", kind: "ordered" },
];

const SHARED_WITH_BROKERS = ["account", "region", "engine", "environment", "owner", "instanceType"];

interface Facets {
  facets: Readonly<Record<string, readonly { value: string; label: string }[]>>;
}

/** The values on offer: fixed ones, and those of the brokers. */
export function recommendationFilterValues(facets: Facets | undefined): FilterValue[] {
  return [
    ...RECOMMENDATION_KINDS.map((value) => ({ property: "kind", value, label: KIND_LABELS[value] })),
    { property: "nature", value: "saving", label: "Saving" },
    { property: "nature", value: "premium", label: "Premium of compliance" },
    ...["open", "dismissed", "ended"].map((value) => ({ property: "state", value, label: sentenceCase(value) })),
    { property: "counted", value: "true", label: "Yes" },
    { property: "counted", value: "false", label: "No, an alternative" },
    ...CONFIDENCE_LEVELS.map((value) => ({ property: "confidence", value, label: sentenceCase(value) })),
    ...RECOMMENDATION_END_CAUSES.map((value) => ({ property: "cause", value, label: END_CAUSE_LABELS[value] })),
    ...SHARED_WITH_BROKERS.flatMap((property) =>
      (facets?.facets[property] ?? []).map(({ value, label }) => ({
        property,
        value,
        label: property === "engine" ? engineLabel(value) : property === "environment" ? sentenceCase(value) : label,
      })),
    ),
  ];
}
