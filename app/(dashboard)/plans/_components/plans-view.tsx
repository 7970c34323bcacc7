"use client";

import Button from "@cloudscape-design/components/button";
import { useQuery } from "@tanstack/react-query";
import { FleetList } from "@/components/list/fleet-list";
import { useListUrl } from "@/components/list/use-list-url";
import { AllClear } from "@/components/states/empty-states";
import { brokerFacetsQuery } from "@/lib/queries/brokers";
import { plansCsvPath, plansQuery } from "@/lib/queries/plans";
import { PLAN_COLUMN_OPTIONS, PLAN_COLUMNS } from "./plan-columns";
import { PLAN_FILTER_PROPERTIES, planFilterValues } from "./plan-filter-properties";

/** All active plans, or those that a filter asks for. */
export function PlansView() {
  const url = useListUrl();
  const reading = useQuery(plansQuery(url.query));
  const { data: facets } = useQuery(brokerFacetsQuery());
  return (
    <FleetList
      title="Plans"
      what="plan"
      plural="plans"
      url={url}
      reading={reading}
      trackBy={({ id }) => String(id)}
      columns={PLAN_COLUMNS}
      options={PLAN_COLUMN_OPTIONS}
      order={{ field: "endsOn" }}
      note="Plans that are over are shown when a filter asks for them."
      actions={
        <Button href={plansCsvPath(url.query)} download iconName="download">
          Export CSV
        </Button>
      }
      filter={{ properties: PLAN_FILTER_PROPERTIES, values: planFilterValues(facets, reading.data?.items ?? []) }}
      allClear={<AllClear title="No plan is active">Make one on the page of a broker or a finding.</AllClear>}
    />
  );
}
