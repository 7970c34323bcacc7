import { engineLabel, sentenceCase } from "@/components/broker/labels";
import type { FilterProperty, FilterValue } from "@/components/list/list-filter";
import type { FindingItem } from "@/lib/contracts/findings";
import { CLOSE_CAUSES, FINDING_STATES, SEVERITIES } from "@/lib/domain/finding";
import { OTHER_SUBJECT_TYPES } from "@/lib/domain/finding-subject";

/** What findings can be filtered by. */
export const FINDING_FILTER_PROPERTIES: readonly FilterProperty[] = [
  { key: "severity", label: "Severity", values: "Severities", kind: "ordered" },
  { key: "state", label: "State", values: "States", kind: "choice" },
  { key: "rule", label: "Rule", values: "Rules", kind: "choice" },
  { key: "category", label: "Category", values: "Categories", kind: "choice" },
  { key: "broker", label: "Broker", values: "Brokers", kind: "text" },
  { key: "brokerId", label: "Broker id", values: "Broker ids", kind: "choice" },
  { key: "subjectType", label: "Subject type", values: "Subject types", kind: "choice" },
  { key: "account", label: "Account", values: "Accounts", kind: "choice" },
  { key: "region", label: "Region", values: "Regions", kind: "choice" },
  { key: "engine", label: "Engine", values: "Engines", kind: "choice" },
  { key: "engineVersion", label: "Engine version", values: "Engine versions", kind: "ordered" },
  { key: "environment", label: "Environment", values: "Environments", kind: "choice" },
  { key: "owner", label: "Owner", values: "Owners", kind: "text" },
  { key: "overdue", label: "Overdue", values: "Answers", kind: "choice" },
  { key: "assignee", label: "Taken on by", values: "People and teams", kind: "text" },
  { key: "targetOn", label: "Target date", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "dueMoved", label: "Due day moved", values: "Answers", kind: "choice" },
  { key: "fixClaimed", label: "Fix claimed", values: "Answers", kind: "choice" },
  { key: "recurring", label: "Recurring", values: "Answers", kind: "choice" },
  { key: "closeCause", label: "Closed because", values: "Causes", kind: "choice" },
  { key: "dueOn", label: "Due", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "openedAt", label: "Opened", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "closedAt", label: "Closed", values: "Days (YYYY-MM-DD)", kind: "ordered" },
];

const SHARED_WITH_BROKERS = ["account", "region", "engine", "engineVersion", "environment", "owner"];

interface Facets {
  facets: Readonly<Record<string, readonly { value: string; label: string }[]>>;
}

/** The values on offer: fixed ones, those of the brokers, and the rules of the findings at hand. */
export function findingFilterValues(facets: Facets | undefined, items: readonly FindingItem[]): FilterValue[] {
  const named = (property: string, codes: readonly string[]) =>
    codes.map((value) => ({ property, value, label: sentenceCase(value) }));
  const rules = new Map(items.map(({ ruleId, ruleTitle }) => [ruleId, ruleTitle]));
  return [
    ...named("severity", SEVERITIES),
    ...named("state", FINDING_STATES),
    ...named("closeCause", CLOSE_CAUSES),
    ...named("subjectType", ["broker", ...OTHER_SUBJECT_TYPES]),
    ...named("category", [...new Set(items.map(({ category }) => category))].sort()),
    ...["overdue", "recurring", "dueMoved", "fixClaimed"].flatMap((property) => [
      { property, value: "true", label: "Yes" },
      { property, value: "false", label: "No" },
    ]),
    ...[...rules].map(([value, label]) => ({ property: "rule", value, label })),
    ...SHARED_WITH_BROKERS.flatMap((property) =>
      (facets?.facets[property] ?? []).map(({ value, label }) => ({
        property,
        value,
        label:
          property === "engine"
            ? engineLabel(value)
            : property === "environment"
              ? sentenceCase(value)
              : label === value
                ? value
                : `${label} (${value})`,
      })),
    ),
  ];
}
