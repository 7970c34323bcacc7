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
import { findingsCsvPath, findingsQuery } from "@/lib/queries/findings";
import { exportSearch } from "@/lib/queries/list-search";
import { FINDING_COLUMN_OPTIONS, findingColumns } from "./finding-columns";
import { FINDING_FILTER_PROPERTIES, findingFilterValues } from "./finding-filter-properties";

const DEFAULT_SORT = "severity";

/** All findings that are not closed, or those that a filter asks for. */
export function FindingsView() {
  const url = useListUrl();
  const { query, view } = url;
  const { standard, frame } = useStandardColumns(FINDING_COLUMN_OPTIONS);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(findingsQuery(query));
  const { data: facets } = useQuery(brokerFacetsQuery());
  if (data && !data.freshness.everSynced) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">Findings</Header>
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
        loadingText="Reading findings"
        columnDefinitions={findingColumns(data?.asOf ?? "", view.wrap)}
        columnDisplay={columnDisplay(FINDING_COLUMN_OPTIONS, view.columns ?? standard)}
        wrapLines={view.wrap}
        contentDensity={view.density}
        sortingColumn={{ sortingField: query.sort ?? DEFAULT_SORT }}
        sortingDescending={query.sort ? query.order === "desc" : query.order !== "asc"}
        onSortingChange={({ detail }) =>
          url.setQuery({ sort: detail.sortingColumn.sortingField, order: detail.isDescending ? "desc" : "asc" })
        }
        ariaLabels={{ tableLabel: "Findings" }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={data ? `(${data.total})` : undefined}
            description={
              data
                ? `Closed findings are shown when a filter asks for them. As of ${formatInstant(data.asOf)}`
                : undefined
            }
            actions={
              <Button href={findingsCsvPath(query)} download iconName="download">
                Export CSV
              </Button>
            }
          >
            Findings
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            <InvalidAddress url={url} />
            <ListFilter
              url={url}
              what="finding"
              plural="findings"
              properties={FINDING_FILTER_PROPERTIES}
              values={findingFilterValues(facets, data?.items ?? [])}
              loading={false}
              total={data && isFiltered(query) ? data.total : null}
            />
            <CutTokens url={url} />
          </SpaceBetween>
        }
        pagination={
          data && (
            <ListPager
              what="findings"
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
        preferences={<ListPreferences options={FINDING_COLUMN_OPTIONS} standard={standard} url={url} />}
        empty={
          error ? (
            <ErrorState
              error={error}
              what="The list of findings"
              onRetry={() => void refetch()}
              retrying={isFetching}
            />
          ) : isFiltered(query) ? (
            <NothingMatches what="findings" onClear={url.clear} />
          ) : (
            <AllClear title="All clear">No finding is open: every rule that could be judged passes.</AllClear>
          )
        }
      />
    </div>
  );
}
