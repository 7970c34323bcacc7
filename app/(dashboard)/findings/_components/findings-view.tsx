"use client";

import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ACTS, type ActName } from "@/components/finding/act-form";
import { FleetList } from "@/components/list/fleet-list";
import { useListUrl } from "@/components/list/use-list-url";
import { AllClear } from "@/components/states/empty-states";
import { brokerFacetsQuery } from "@/lib/queries/brokers";
import { findingsCsvPath, findingsJsonPath, findingsQuery } from "@/lib/queries/findings";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { FINDING_COLUMN_OPTIONS, findingColumns } from "./finding-columns";
import { FINDING_FILTER_PROPERTIES, findingFilterValues } from "./finding-filter-properties";

const BULK_ACTS = [
  "acknowledge",
  "claim-fixed",
  "request-acceptance",
  "request-false-positive",
  "approve",
  "reject",
  "end-acceptance",
] as const satisfies readonly ActName[];

const CampaignDialog = dynamic(() => import("./campaign-dialog").then((module) => module.CampaignDialog), {
  ssr: false,
});
const BulkDialog = dynamic(() => import("./bulk-dialog").then((module) => module.BulkDialog), { ssr: false });

/** All findings that are not closed, or those that a filter asks for. */
export function FindingsView() {
  const url = useListUrl();
  const { query } = url;
  const reading = useQuery(findingsQuery(query));
  const { data: facets } = useQuery(brokerFacetsQuery());
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [act, setAct] = useState<ActName | null>(null);
  const [planning, setPlanning] = useState(false);
  const { data: may } = useQuery({ ...sessionQuery(), select: mayOf("campaigns:write") });
  const { data } = reading;
  const chosen = (data?.items ?? []).filter(({ id }) => selected.has(id));
  return (
    <>
      <FleetList
        title="Findings"
        what="finding"
        plural="findings"
        url={url}
        reading={reading}
        trackBy={({ id }) => String(id)}
        columns={findingColumns(data?.asOf ?? "", url.view.wrap)}
        options={FINDING_COLUMN_OPTIONS}
        order={{ field: "severity", descending: true }}
        note="Closed findings are shown when a filter asks for them."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              items={BULK_ACTS.map((id) => ({ id, text: ACTS[id].label }))}
              disabled={!data || data.total === 0}
              onItemClick={({ detail }) => setAct(BULK_ACTS.find((id) => id === detail.id) ?? null)}
            >
              {chosen.length > 0 ? `Act on ${chosen.length} selected` : "Act on all filtered"}
            </ButtonDropdown>
            <Button
              disabled={!data || data.total === 0 || may !== true}
              disabledReason={may === false ? "This needs the permission campaigns:write." : undefined}
              onClick={() => setPlanning(true)}
            >
              Make a campaign
            </Button>
            <ButtonDropdown
              items={[
                { id: "csv", text: "CSV", href: findingsCsvPath(query), download: true },
                { id: "json", text: "JSON", href: findingsJsonPath(query), download: "findings.json" },
              ]}
            >
              Export
            </ButtonDropdown>
          </SpaceBetween>
        }
        filter={{
          properties: FINDING_FILTER_PROPERTIES,
          values: findingFilterValues(facets, data?.items ?? []),
        }}
        selection={{
          items: chosen,
          onChange: (items) => setSelected(new Set(items.map(({ id }) => id))),
          labels: {
            selectionGroupLabel: "Findings to act on",
            allItemsSelectionLabel: () => "Select all findings of this page",
            itemSelectionLabel: (_, { summary }) => `Select ${summary}`,
          },
        }}
        allClear={<AllClear title="All clear">No finding is open: every rule that could be judged passes.</AllClear>}
      />
      {planning && (
        <CampaignDialog
          query={query}
          ids={chosen.length > 0 ? chosen.map(({ id }) => id) : undefined}
          onClose={() => setPlanning(false)}
        />
      )}
      {act && data && (
        <BulkDialog
          name={act}
          query={query}
          ids={chosen.length > 0 ? chosen.map(({ id }) => id) : undefined}
          count={chosen.length > 0 ? chosen.length : data.total}
          onClose={() => setAct(null)}
        />
      )}
    </>
  );
}
