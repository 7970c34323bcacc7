"use client";

import Button from "@cloudscape-design/components/button";
import Multiselect from "@cloudscape-design/components/multiselect";
import { useQuery } from "@tanstack/react-query";
import { sentenceCase } from "@/components/broker/labels";
import { brokerFacetsQuery } from "@/lib/queries/brokers";
import type { TopologyDimension } from "@/lib/queries/topology.keys";
import type { TopologyUrl } from "./use-topology-url";

const DIMENSIONS: readonly { key: TopologyDimension; label: string; all: string }[] = [
  { key: "account", label: "Account", all: "All accounts" },
  { key: "region", label: "Region", all: "All regions" },
  { key: "environment", label: "Environment", all: "All environments" },
  { key: "owner", label: "Owner", all: "All owners" },
];

/** Which networks are shown: those with a broker that matches. */
export function TopologyFilters({ url }: { url: TopologyUrl }) {
  const { data } = useQuery(brokerFacetsQuery());
  const filtered = DIMENSIONS.some(({ key }) => url.query[key]);
  return (
    <div className="mqs-map-filters">
      {DIMENSIONS.map(({ key, label, all }) => {
        const chosen = url.query[key] ?? [];
        const known = (data?.facets[key] ?? []).map((facet) => ({
          value: facet.value,
          label: key === "environment" ? sentenceCase(facet.value) : facet.label,
          description: key === "account" && facet.label !== facet.value ? facet.value : undefined,
        }));
        const selected = chosen.map(
          (value) => known.find((option) => option.value === value) ?? { value, label: value },
        );
        return (
          <Multiselect
            key={key}
            ariaLabel={label}
            placeholder={all}
            selectedOptions={selected}
            options={known}
            filteringType="auto"
            filteringAriaLabel={`Find by ${label.toLowerCase()}`}
            tokenLimit={1}
            deselectAriaLabel={(option) => `Remove ${label} ${option.label ?? option.value}`}
            onChange={({ detail }) => {
              const values = detail.selectedOptions.flatMap(({ value }) => value ?? []);
              url.setQuery({ [key]: values.length > 0 ? values : undefined });
            }}
          />
        );
      })}
      {filtered && (
        <Button
          onClick={() =>
            url.setQuery({ account: undefined, region: undefined, environment: undefined, owner: undefined })
          }
        >
          Clear filter
        </Button>
      )}
    </div>
  );
}
