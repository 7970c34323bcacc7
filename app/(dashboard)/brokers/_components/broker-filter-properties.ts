import {
  deploymentModeLabel,
  engineLabel,
  sentenceCase,
  supportLabel,
  supportStageLabel,
} from "@/components/broker/labels";
import type { FilterProperty, FilterValue } from "@/components/list/list-filter";
import { SEVERITIES } from "@/lib/domain/finding";

export interface Facets {
  facets: Readonly<Record<string, readonly { value: string; label: string; count: number }[]>>;
}

const PROPERTIES: readonly FilterProperty[] = [
  { key: "name", label: "Name", values: "Names", kind: "text" },
  { key: "account", label: "Account", values: "Accounts", kind: "choice" },
  { key: "region", label: "Region", values: "Regions", kind: "choice" },
  { key: "engine", label: "Engine", values: "Engines", kind: "choice" },
  { key: "engineVersion", label: "Version", values: "Versions", kind: "ordered" },
  { key: "engineLine", label: "Engine line", values: "Engine lines", kind: "choice" },
  { key: "supportStatus", label: "Support", values: "Support", kind: "choice" },
  { key: "supportStage", label: "Support stage", values: "Support stages", kind: "choice" },
  { key: "endOfSupport", label: "End of support", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "deploymentMode", label: "Deployment", values: "Deployment modes", kind: "choice" },
  { key: "highlyAvailable", label: "Highly available", values: "Answers", kind: "choice" },
  { key: "instanceType", label: "Instance type", values: "Instance types", kind: "text" },
  { key: "storageType", label: "Storage", values: "Storage types", kind: "choice" },
  { key: "state", label: "State", values: "States", kind: "choice" },
  { key: "environment", label: "Environment", values: "Environments", kind: "choice" },
  { key: "owner", label: "Owner", values: "Owners", kind: "text" },
  { key: "ownerSource", label: "Owner's source", values: "Sources", kind: "choice" },
  { key: "severity", label: "Worst severity", values: "Severities", kind: "ordered" },
  { key: "openFindings", label: "Open findings", values: "Numbers", kind: "ordered" },
  { key: "monthlyCost", label: "Run rate per month", values: "Amounts", kind: "ordered" },
  { key: "publiclyAccessible", label: "Public", values: "Answers", kind: "choice" },
  { key: "autoMinorVersionUpgrade", label: "Auto minor upgrade", values: "Answers", kind: "choice" },
  { key: "stale", label: "Stale", values: "Answers", kind: "choice" },
  { key: "rule", label: "Fails rule", values: "Rules", kind: "choice" },
  { key: "createdAt", label: "Created", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "firstSeenAt", label: "First seen", values: "Days (YYYY-MM-DD)", kind: "ordered" },
  { key: "id", label: "Broker id", values: "Broker ids", kind: "text" },
  { key: "arn", label: "ARN", values: "ARNs", kind: "text" },
];

const VALUE_LABELS: Readonly<Record<string, (value: string) => string>> = {
  engine: engineLabel,
  deploymentMode: deploymentModeLabel,
  supportStatus: supportLabel,
  supportStage: supportStageLabel,
  environment: sentenceCase,
  state: sentenceCase,
  ownerSource: sentenceCase,
};
const YES_NO: readonly [string, string][] = [
  ["true", "Yes"],
  ["false", "No"],
];
const WITH_UNKNOWN: readonly [string, string][] = [...YES_NO, ["unknown", "Unknown"]];
const FIXED: Readonly<Record<string, readonly [string, string][]>> = {
  highlyAvailable: WITH_UNKNOWN,
  publiclyAccessible: WITH_UNKNOWN,
  autoMinorVersionUpgrade: WITH_UNKNOWN,
  stale: YES_NO,
  severity: [["none", "None"], ...SEVERITIES.map((severity): [string, string] => [severity, sentenceCase(severity)])],
};

/** What brokers can be filtered by: the fixed properties and every tag key that is in use. */
export function brokerFilterProperties(facets: Facets | undefined): FilterProperty[] {
  const tags = Object.keys(facets?.facets ?? {})
    .filter((key) => key.startsWith("tag."))
    .map((key) => {
      const name = key.slice("tag.".length);
      return {
        key: tagProperty(name),
        label: `Tag ${name}`,
        values: `Values of tag ${name}`,
        kind: "text" as const,
        group: "tags",
      };
    });
  return [...PROPERTIES, ...tags];
}

/** The values on offer, with how many brokers have them. */
export function brokerFilterValues(facets: Facets | undefined): FilterValue[] {
  const known = Object.entries(facets?.facets ?? {}).flatMap(([property, values]) =>
    values.map(({ value, label, count }) => ({
      property: property.startsWith("tag.") ? tagProperty(property.slice("tag.".length)) : property,
      value,
      label: VALUE_LABELS[property]?.(value) ?? (label === value ? value : `${label} (${value})`),
      count,
    })),
  );
  const fixed = Object.entries(FIXED).flatMap(([property, values]) =>
    values.map(([value, label]) => ({ property, value, label })),
  );
  return [...known, ...fixed];
}

/** Tag keys may hold what separates property and operator: they travel URI-encoded. */
function tagProperty(name: string): string {
  return `tag.${encodeURIComponent(name)}`;
}
