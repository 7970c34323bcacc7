"use client";

import Button from "@cloudscape-design/components/button";
import Toggle from "@cloudscape-design/components/toggle";
import { useQuery } from "@tanstack/react-query";
import { FleetList } from "@/components/list/fleet-list";
import { type ListUrl, useListUrl } from "@/components/list/use-list-url";
import { AllClear } from "@/components/states/empty-states";
import { brokerFacetsQuery, brokersCsvPath, brokersQuery } from "@/lib/queries/brokers";
import { BROKER_COLUMN_OPTIONS, brokerColumns } from "./broker-columns";
import { brokerFilterProperties, brokerFilterValues } from "./broker-filter-properties";

const PRESENCE = ["presence"];

/** All brokers, filtered, sorted and paged by the server. */
export function BrokersView() {
  const url = useListUrl();
  const reading = useQuery(brokersQuery(url.query));
  const { data: facets, isPending: facetsPending } = useQuery(brokerFacetsQuery());
  return (
    <FleetList
      title="Brokers"
      what="broker"
      plural="brokers"
      url={url}
      reading={reading}
      trackBy={({ arn }) => arn}
      columns={brokerColumns(reading.data?.asOf ?? "")}
      options={BROKER_COLUMN_OPTIONS}
      order={{ field: "name" }}
      actions={
        <Button href={brokersCsvPath(url.query)} download iconName="download">
          Export CSV
        </Button>
      }
      filter={{
        properties: brokerFilterProperties(facets),
        values: brokerFilterValues(facets),
        loading: facetsPending,
        hidden: PRESENCE,
        controls: <GoneToggle url={url} />,
      }}
      allClear={
        <AllClear title="No brokers">All accounts were read, and there is no Amazon MQ broker in them.</AllClear>
      }
    />
  );
}

/** Brokers that are gone are left out unless asked for. With "any of the filters" the question would take everything in, so it cannot be asked. */
function GoneToggle({ url }: { url: ListUrl }) {
  const tokens = url.query.filter ?? [];
  const withGone = tokens.some(({ property }) => property === "presence");
  const others = tokens.filter(({ property }) => property !== "presence");
  const impossible = url.query.match === "any" && others.length > 0 && !withGone;
  return (
    <Toggle
      checked={withGone}
      disabled={impossible}
      onChange={({ detail }) => {
        const filter = detail.checked
          ? [...others, { property: "presence", operator: ":" as const, value: "" }]
          : others;
        url.setQuery({ filter: filter.length > 0 ? filter : undefined });
      }}
    >
      Include brokers that are gone
    </Toggle>
  );
}
