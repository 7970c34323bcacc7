"use client";

import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ACTS, type ActName } from "@/components/finding/act-form";
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
import { findingsCsvPath, findingsJsonPath, findingsQuery } from "@/lib/queries/findings";
import { exportSearch } from "@/lib/queries/list-search";
import { FINDING_COLUMN_OPTIONS, findingColumns } from "./finding-columns";
import { FINDING_FILTER_PROPERTIES, findingFilterValues } from "./finding-filter-properties";

const DEFAULT_SORT = "severity";
/** What the boxes to select rows take of the table. */
const SELECTION_WIDTH_PX = 56;
const BULK_ACTS = [
  "acknowledge",
  "claim-fixed",
  "request-acceptance",
  "request-false-positive",
  "approve",
  "reject",
  "end-acceptance",
] as const satisfies readonly ActName[];

const BulkDialog = dynamic(() => import("./bulk-dialog").then((module) => module.BulkDialog), { ssr: false });

/** All findings that are not closed, or those that a filter asks for. */
export function FindingsView() {
  const url = useListUrl();
  const { query, view } = url;
  const { standard, frame } = useStandardColumns(FINDING_COLUMN_OPTIONS, SELECTION_WIDTH_PX);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(findingsQuery(query));
  const { data: facets } = useQuery(brokerFacetsQuery());
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [act, setAct] = useState<ActName | null>(null);
  if (data && !data.freshness.everSynced) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">Findings</Header>
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      </SpaceBetween>
    );
  }
  const chosen = (data?.items ?? []).filter(({ id }) => selected.has(id));
  return (
    <div ref={frame}>
      <Table
        variant="full-page"
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => setSelected(new Set(detail.selectedItems.map(({ id }) => id)))}
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
        ariaLabels={{
          tableLabel: "Findings",
          selectionGroupLabel: "Findings to act on",
          allItemsSelectionLabel: () => "Select all findings of this page",
          itemSelectionLabel: (_, { summary }) => `Select ${summary}`,
        }}
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
              <SpaceBetween direction="horizontal" size="xs">
                <ButtonDropdown
                  items={BULK_ACTS.map((id) => ({ id, text: ACTS[id].label }))}
                  disabled={!data || data.total === 0}
                  onItemClick={({ detail }) => setAct(BULK_ACTS.find((id) => id === detail.id) ?? null)}
                >
                  {chosen.length > 0 ? `Act on ${chosen.length} selected` : "Act on all filtered"}
                </ButtonDropdown>
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
      {act && data && (
        <BulkDialog
          name={act}
          query={query}
          ids={chosen.length > 0 ? chosen.map(({ id }) => id) : undefined}
          count={chosen.length > 0 ? chosen.length : data.total}
          onClose={() => setAct(null)}
        />
      )}
    </div>
  );
}
