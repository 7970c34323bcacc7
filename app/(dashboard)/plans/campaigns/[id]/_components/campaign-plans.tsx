"use client";

import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import { useQuery } from "@tanstack/react-query";
import { PagedTable } from "@/components/list/paged-table";
import { useListUrl } from "@/components/list/use-list-url";
import type { CampaignDetail } from "@/lib/contracts/campaigns";
import { exportSearch } from "@/lib/queries/list-search";
import { plansQuery } from "@/lib/queries/plans";
import { PLAN_COLUMNS } from "../../../_components/plan-columns";
import { plansOfCampaign } from "./campaign-plans-query";

const MIN_WIDTHS: readonly (readonly [id: string, px: number])[] = [
  ["title", 190],
  ["stage", 115],
  ["state", 100],
  ["progress", 180],
  ["endsOn", 125],
  ["owner", 165],
];
const COLUMNS = MIN_WIDTHS.flatMap(([id, minWidth]) =>
  PLAN_COLUMNS.filter((column) => column.id === id).map((column) => ({ ...column, width: undefined, minWidth })),
);
const ALL = { value: "", label: "All plans" };
const STATES = [
  ALL,
  { value: "state=active", label: "Open" },
  { value: "overdue=true", label: "With overdue steps" },
  { value: "state=completed", label: "Done" },
  { value: "state=cancelled", label: "Cancelled" },
];

/** The plans of a campaign, by stage at first; which of them are shown is part of the address. */
export function CampaignPlans({ id, stages }: { id: string; stages: CampaignDetail["stages"] }) {
  const url = useListUrl();
  const query = plansOfCampaign(id, url.query);
  const reading = useQuery(plansQuery(query));
  const [token] = url.query.filter ?? [];
  const options = [...STATES, ...stages.map((stage) => ({ value: `stage=${stage.id}`, label: stage.title }))];
  const chosen = options.find(({ value }) => token && value === `${token.property}=${token.value}`) ?? ALL;
  return (
    <PagedTable
      reading={reading}
      what="plans"
      place={{ listKey: exportSearch(query), page: url.view.page, cursor: query.cursor, limit: query.limit }}
      goTo={url.goTo}
      filtered={token !== undefined}
      onClear={url.clear}
      allClear="No plan belongs to it any more: they were taken into another campaign."
      trackBy={({ id: plan }) => String(plan)}
      wrapLines
      columnDefinitions={COLUMNS}
      sortingColumn={{ sortingField: query.sort ?? "stage" }}
      sortingDescending={query.order === "desc"}
      onSortingChange={({ detail }) =>
        url.setQuery({ sort: detail.sortingColumn.sortingField, order: detail.isDescending ? "desc" : "asc" })
      }
      ariaLabels={{ tableLabel: "Plans of the campaign" }}
      header={
        <Header variant="h2" counter={reading.data ? `(${reading.data.total})` : undefined}>
          Plans
        </Header>
      }
      filter={
        <Grid gridDefinition={[{ colspan: { default: 12, s: 5 } }]}>
          <Select
            selectedOption={chosen}
            options={options}
            ariaLabel="Which plans are shown"
            onChange={({ detail }) => {
              const [property = "", value = ""] = (detail.selectedOption.value ?? "").split("=");
              url.setQuery({ filter: property ? [{ property, operator: "=", value }] : undefined });
            }}
          />
        </Grid>
      }
    />
  );
}
