"use client";

import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import { useQuery } from "@tanstack/react-query";
import { columnDisplay } from "@/components/list/column-display";
import { CutTokens } from "@/components/list/cut-tokens";
import { InvalidAddress } from "@/components/list/invalid-address";
import { ListFilter } from "@/components/list/list-filter";
import { ListPager } from "@/components/list/list-pager";
import { ListPreferences } from "@/components/list/list-preferences";
import { isFiltered } from "@/components/list/property-query";
import { type ListUrl, useListUrl } from "@/components/list/use-list-url";
import { useStandardColumns } from "@/components/list/use-standard-columns";
import { AllClear, NeverSynced, NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { formatInstant } from "@/components/ui/times";
import { brokerFacetsQuery, brokersCsvPath, brokersQuery } from "@/lib/queries/brokers";
import { exportSearch } from "@/lib/queries/list-search";
import { BROKER_COLUMN_OPTIONS, brokerColumns } from "./broker-columns";
import { brokerFilterProperties, brokerFilterValues } from "./broker-filter-properties";

const PRESENCE = ["presence"];

/** All brokers, filtered, sorted and paged by the server. */
export function BrokersView() {
  const url = useListUrl();
  const { query, view } = url;
  const { standard, frame } = useStandardColumns(BROKER_COLUMN_OPTIONS);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(brokersQuery(query));
  const { data: facets, isPending: facetsPending } = useQuery(brokerFacetsQuery());
  if (data && !data.freshness.everSynced) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">Brokers</Header>
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      </SpaceBetween>
    );
  }
  const columns = brokerColumns(data?.asOf ?? "");
  const sort = query.sort ?? "name";
  return (
    <div ref={frame}>
      <Table
        variant="full-page"
        stickyHeader
        resizableColumns
        enableKeyboardNavigation
        items={error ? [] : (data?.items ?? [])}
        trackBy="arn"
        loading={!data && !error}
        loadingText="Reading brokers"
        columnDefinitions={columns}
        columnDisplay={columnDisplay(BROKER_COLUMN_OPTIONS, view.columns ?? standard)}
        wrapLines={view.wrap}
        contentDensity={view.density}
        sortingColumn={{ sortingField: sort }}
        sortingDescending={query.order === "desc"}
        onSortingChange={({ detail }) =>
          url.setQuery({ sort: detail.sortingColumn.sortingField, order: detail.isDescending ? "desc" : "asc" })
        }
        ariaLabels={{ tableLabel: "Brokers" }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={data ? `(${data.total})` : undefined}
            description={data ? `As of ${formatInstant(data.asOf)}` : undefined}
            actions={
              <Button href={brokersCsvPath(query)} download iconName="download">
                Export CSV
              </Button>
            }
          >
            Brokers
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            <InvalidAddress url={url} />
            <ListFilter
              url={url}
              what="broker"
              plural="brokers"
              properties={brokerFilterProperties(facets)}
              values={brokerFilterValues(facets)}
              loading={facetsPending}
              total={data && isFiltered(query) ? data.total : null}
              hidden={PRESENCE}
            />
            <CutTokens url={url} />
            <GoneToggle url={url} />
          </SpaceBetween>
        }
        pagination={
          data && (
            <ListPager
              what="brokers"
              listKey={exportSearch(query)}
              page={view.page}
              cursor={query.cursor}
              nextCursor={isPlaceholderData ? null : data.nextCursor}
              limit={query.limit}
              shown={data.items.length}
              total={data.total}
              goTo={url.goTo}
            />
          )
        }
        preferences={<ListPreferences options={BROKER_COLUMN_OPTIONS} standard={standard} url={url} />}
        empty={
          error ? (
            <ErrorState error={error} what="The list of brokers" onRetry={() => void refetch()} retrying={isFetching} />
          ) : isFiltered(query) ? (
            <NothingMatches what="brokers" onClear={url.clear} />
          ) : (
            <AllClear title="No brokers">All accounts were read, and there is no Amazon MQ broker in them.</AllClear>
          )
        }
      />
    </div>
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
