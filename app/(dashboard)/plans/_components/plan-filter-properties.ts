import { engineLabel, sentenceCase } from "@/components/broker/labels";
import type { FilterProperty, FilterValue } from "@/components/list/list-filter";
import type { PlanItem } from "@/lib/contracts/plans";
import { CAMPAIGN_STAGE_IDS } from "@/lib/domain/campaign";
import { PLAN_STATES } from "@/lib/domain/plan";

/** What plans can be filtered by. */
export const PLAN_FILTER_PROPERTIES: readonly FilterProperty[] = [
  { key: "title", label: "Title", values: "Titles", kind: "text" },
  { key: "state", label: "State", values: "States", kind: "choice" },
  { key: "overdue", label: "Overdue", values: "Answers", kind: "choice" },
  { key: "broker", label: "Broker", values: "Brokers", kind: "text" },
  { key: "brokerId", label: "Broker id", values: "Broker ids", kind: "choice" },
  { key: "assignee", label: "Assignee", values: "People and teams", kind: "text" },
  { key: "owner", label: "Owner", values: "Owners", kind: "text" },
  { key: "account", label: "Account", values: "Accounts", kind: "choice" },
  { key: "region", label: "Region", values: "Regions", kind: "choice" },
  { key: "engine", label: "Engine", values: "Engines", kind: "choice" },
  { key: "environment", label: "Environment", values: "Environments", kind: "choice" },
  { key: "campaign", label: "Campaign", values: "Campaign numbers", kind: "choice" },
  { key: "stage", label: "Stage", values: "Stages", kind: "choice" },
  { key: "endsOn", label: "Ends", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "createdAt", label: "Made", values: "Days (YYYY-MM-DD)", kind: "ordered" },
];

const SHARED_WITH_BROKERS = ["account", "region", "engine", "environment", "owner"];

interface Facets {
  facets: Readonly<Record<string, readonly { value: string; label: string }[]>>;
}

/** The values on offer: fixed ones, those of the brokers, and what the plans at hand name. */
export function planFilterValues(facets: Facets | undefined, items: readonly PlanItem[]): FilterValue[] {
  const campaigns = new Map(items.flatMap(({ campaign }) => (campaign ? [[campaign.id, campaign.name]] : [])));
  const people = [...new Set(items.flatMap(({ assignees }) => assignees))].sort();
  return [
    ...PLAN_STATES.map((value) => ({ property: "state", value, label: sentenceCase(value) })),
    { property: "overdue", value: "true", label: "Yes" },
    { property: "overdue", value: "false", label: "No" },
    ...CAMPAIGN_STAGE_IDS.map((value) => ({ property: "stage", value, label: sentenceCase(value) })),
    ...[...campaigns].map(([id, label]) => ({ property: "campaign", value: String(id), label })),
    ...people.map((value) => ({ property: "assignee", value, label: value })),
    ...SHARED_WITH_BROKERS.flatMap((property) =>
      (facets?.facets[property] ?? []).map(({ value, label }) => ({
        property,
        value,
        label: property === "engine" ? engineLabel(value) : property === "environment" ? sentenceCase(value) : label,
      })),
    ),
  ];
}
