"use client";

import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { formatNumberOf } from "@/components/ui/figures";
import { fromPropertyQuery, toPropertyQuery } from "./property-query";
import type { ListUrl } from "./use-list-url";

/** What a property can be compared with: words, one of known values, an ordered value (version, number, day). */
export type PropertyKind = "text" | "choice" | "ordered";

export interface FilterProperty {
  key: string;
  label: string;
  /** Heading over its values. */
  values: string;
  kind: PropertyKind;
  group?: string;
}

export interface FilterValue {
  property: string;
  value: string;
  label?: string;
  count?: number;
}

const OPERATORS: Readonly<Record<PropertyKind, readonly PropertyFilterProps.ComparisonOperator[]>> = {
  text: [":", "!:", "=", "!="],
  choice: ["=", "!="],
  ordered: ["=", "!=", ">=", "<=", ">", "<"],
};

interface ListFilterProps {
  url: ListUrl;
  /** What is listed, in the singular. */
  what: string;
  plural: string;
  properties: readonly FilterProperty[];
  values: readonly FilterValue[];
  loading: boolean;
  total: number | null;
  /** Properties with controls of their own. */
  hidden?: readonly string[];
}

/** The property filter of a list; what it says goes to the address, and from there to the server. */
export function ListFilter({ url, what, plural, properties, values, loading, total, hidden }: ListFilterProps) {
  return (
    <PropertyFilter
      query={toPropertyQuery(url.query, hidden)}
      onChange={({ detail }) => url.setQuery(fromPropertyQuery(detail, url.query, hidden))}
      filteringProperties={properties.map(({ key, label, values: heading, kind, group }) => ({
        key,
        propertyLabel: label,
        groupValuesLabel: heading,
        operators: OPERATORS[kind],
        defaultOperator: kind === "text" ? ":" : "=",
        group,
      }))}
      filteringOptions={values.map(({ property, value, label, count }) => ({
        propertyKey: property,
        value,
        label: label ?? value,
        description: count === undefined ? undefined : formatNumberOf(count, what, plural),
      }))}
      filteringStatusType={loading ? "loading" : "finished"}
      filteringLoadingText="Loading values"
      filteringAriaLabel={`Filter ${plural}`}
      filteringPlaceholder={`Filter ${plural} by text, property or value`}
      filteringEmpty="No values are known; type one."
      customGroupsText={[{ properties: "Tags", values: "Tag values", group: "tags" }]}
      freeTextFiltering={{ operators: [":"], defaultOperator: ":" }}
      countText={total === null ? "" : `${formatNumberOf(total, "match", "matches")}`}
      expandToViewport
      tokenLimit={6}
    />
  );
}
