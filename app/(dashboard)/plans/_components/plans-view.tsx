"use client";

import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { columnDisplay } from "@/components/list/column-display";
import { CutTokens } from "@/components/list/cut-tokens";
import { InvalidAddress } from "@/components/list/invalid-address";
import { ListFilter } from "@/components/list/list-filter";
import { ListPager } from "@/components/list/list-pager";
import { ListPreferences } from "@/components/list/list-preferences";
import { isFiltered } from "@/components/list/property-query";
import { useListUrl } from "@/components/list/use-list-url";
import { useStandardColumns } from "@/components/list/use-standard-columns";
import { AllClear, NeverSynced, NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { formatInstant } from "@/components/ui/times";
import { brokerFacetsQuery } from "@/lib/queries/brokers";
import { exportSearch } from "@/lib/queries/list-search";
import { plansCsvPath, plansQuery } from "@/lib/queries/plans";
import { PLAN_COLUMN_OPTIONS, PLAN_COLUMNS } from "./plan-columns";
import { PLAN_FILTER_PROPERTIES, planFilterValues } from "./plan-filter-properties";

const DEFAULT_SORT = "endsOn";

/** All active plans, or those that a filter asks for. */
export function PlansView() {
  const url = useListUrl();
  const { query, view } = url;
  const { standard, frame } = useStandardColumns(PLAN_COLUMN_OPTIONS, 0);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(plansQuery(query));
  const { data: facets } = useQuery(brokerFacetsQuery());
  if (data && !data.freshness.everSynced) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">Plans</Header>
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      </SpaceBetween>
    );
  }
  return (
    <div ref={frame}>
      <Table
        variant="full-page"
        stickyHeader
        resizableColumns
        enableKeyboardNavigation
        items={error ? [] : (data?.items ?? [])}
        trackBy={({ id }) => String(id)}
        loading={!data && !error}
        loadingText="Reading plans"
        columnDefinitions={PLAN_COLUMNS}
        columnDisplay={columnDisplay(PLAN_COLUMN_OPTIONS, view.columns ?? standard)}
        wrapLines={view.wrap}
        contentDensity={view.density}
        sortingColumn={{ sortingField: query.sort ?? DEFAULT_SORT }}
        sortingDescending={query.order === "desc"}
        onSortingChange={({ detail }) =>
          url.setQuery({ sort: detail.sortingColumn.sortingField, order: detail.isDescending ? "desc" : "asc" })
        }
        ariaLabels={{ tableLabel: "Plans" }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={data ? `(${data.total})` : undefined}
            description={
              data
                ? `Plans that are over are shown when a filter asks for them. As of ${formatInstant(data.asOf)}`
                : undefined
            }
            actions={
              <Button href={plansCsvPath(query)} download iconName="download">
                Export CSV
              </Button>
            }
          >
            Plans
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            <InvalidAddress url={url} />
            <ListFilter
              url={url}
              what="plan"
              plural="plans"
              properties={PLAN_FILTER_PROPERTIES}
              values={planFilterValues(facets, data?.items ?? [])}
              loading={false}
              total={data && isFiltered(query) ? data.total : null}
            />
            <CutTokens url={url} />
          </SpaceBetween>
        }
        pagination={
          data && (
            <ListPager
              what="plans"
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
        preferences={<ListPreferences options={PLAN_COLUMN_OPTIONS} standard={standard} url={url} />}
        empty={
          error ? (
            <ErrorState error={error} what="The list of plans" onRetry={() => void refetch()} retrying={isFetching} />
          ) : isFiltered(query) ? (
            <NothingMatches what="plans" onClear={url.clear} />
          ) : (
            <AllClear title="No plan is active">Make one on the page of a broker or a finding.</AllClear>
          )
        }
      />
    </div>
  );
}
