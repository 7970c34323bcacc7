"use client";

import Multiselect, { type MultiselectProps } from "@cloudscape-design/components/multiselect";
import { useQuery } from "@tanstack/react-query";
import { engineLabel, sentenceCase } from "@/components/broker/labels";
import { brokerFacetsQuery } from "@/lib/queries/brokers";
import type { CutUrl } from "./use-cut-url";

const CUTS = [
  { key: "account", placeholder: "All accounts", label: "Accounts", text: (value: string) => value },
  { key: "region", placeholder: "All regions", label: "Regions", text: (value: string) => value },
  { key: "engine", placeholder: "Both engines", label: "Engines", text: engineLabel },
  { key: "environment", placeholder: "All environments", label: "Environments", text: sentenceCase },
  { key: "owner", placeholder: "All owners", label: "Owners", text: (value: string) => value },
] as const;

/** Limits a page to accounts, regions, engines, environments and owners that brokers have; `engine` is left out where a page is about one. */
export function CutFilter({ url, engine = true }: { url: Pick<CutUrl, "cut" | "setCut">; engine?: boolean }) {
  const { data, isPending } = useQuery(brokerFacetsQuery());
  return (
    <div className="mqs-cut">
      {CUTS.filter(({ key }) => engine || key !== "engine").map(({ key, placeholder, label, text }) => {
        const options: MultiselectProps.Option[] = (data?.facets[key] ?? []).map((facet) => ({
          value: facet.value,
          label: facet.label === facet.value ? text(facet.value) : facet.label,
          description: facet.label !== facet.value && key === "account" ? facet.value : undefined,
          labelTag: String(facet.count),
        }));
        const chosen = url.cut[key] ?? [];
        return (
          <Multiselect
            key={key}
            ariaLabel={label}
            placeholder={placeholder}
            inlineTokens
            filteringType="auto"
            statusType={isPending ? "loading" : "finished"}
            loadingText="Reading"
            empty="None"
            noMatch="None match"
            options={options}
            selectedOptions={chosen.map(
              (value) => options.find((option) => option.value === value) ?? { value, label: text(value) },
            )}
            onChange={({ detail }) => {
              const values = detail.selectedOptions.flatMap(({ value }) => value ?? []);
              url.setCut({ [key]: values.length > 0 ? values : undefined });
            }}
          />
        );
      })}
    </div>
  );
}
