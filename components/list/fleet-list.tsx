"use client";

import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { NeverSynced } from "@/components/states/empty-states";
import { formatInstant } from "@/components/ui/times";
import type { Freshness } from "@/lib/contracts/common";
import { exportSearch } from "@/lib/queries/list-search";
import { type ColumnOption, columnDisplay } from "./column-display";
import { CutTokens } from "./cut-tokens";
import { InvalidAddress } from "./invalid-address";
import { type FilterProperty, type FilterValue, ListFilter } from "./list-filter";
import { ListPreferences } from "./list-preferences";
import { PagedTable, type PageReading } from "./paged-table";
import { isFiltered } from "./property-query";
import type { ListUrl } from "./use-list-url";
import { useStandardColumns } from "./use-standard-columns";

/** What the boxes to select rows take of the table. */
const SELECTION_WIDTH_PX = 56;

interface FleetListProps<T> {
  /** Heading and name of the table: "Brokers". */
  title: string;
  /** What is listed, in the singular: "broker". */
  what: string;
  plural: string;
  url: ListUrl;
  reading: PageReading<{
    items: T[];
    total: number;
    nextCursor: string | null;
    asOf: string;
    freshness: Freshness;
  }>;
  trackBy(item: T): string;
  columns: readonly TableProps.ColumnDefinition<T>[];
  /** The same columns as they can be chosen. */
  options: readonly ColumnOption[];
  /** The order without a choice. */
  order: { field: string; descending?: boolean };
  /** Said before the day of the figures. */
  note?: string;
  actions: ReactNode;
  filter: {
    properties: readonly FilterProperty[];
    values: readonly FilterValue[];
    loading?: boolean;
    /** Properties with controls of their own. */
    hidden?: readonly string[];
    /** Those controls. */
    controls?: ReactNode;
  };
  /** Rows can be chosen to act on. */
  selection?: { items: T[]; onChange(items: T[]): void; labels: TableProps.AriaLabels<T> };
  allClear: ReactNode;
}

/**
 * A whole page that lists something of the fleet: filtered, sorted and paged by the server, with filter, order, page and columns in the address,
 * and as many columns as fit.
 */
export function FleetList<T>(props: FleetListProps<T>) {
  const { title, what, plural, url, reading, columns, options, order, note, actions, filter, selection } = props;
  const { query, view } = url;
  const { data } = reading;
  const { standard, frame } = useStandardColumns(options, selection ? SELECTION_WIDTH_PX : 0);
  if (data && !data.freshness.everSynced) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">{title}</Header>
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      </SpaceBetween>
    );
  }
  const filtered = isFiltered(query);
  const descending = query.sort
    ? query.order === "desc"
    : (query.order ?? (order.descending ? "desc" : "asc")) === "desc";
  return (
    <div ref={frame}>
      <PagedTable<T>
        reading={reading}
        what={plural}
        place={{ listKey: exportSearch(query), page: view.page, cursor: query.cursor, limit: query.limit }}
        goTo={url.goTo}
        filtered={filtered}
        onClear={url.clear}
        allClear={props.allClear}
        variant="full-page"
        stickyHeader
        resizableColumns
        enableKeyboardNavigation
        trackBy={props.trackBy}
        columnDefinitions={columns}
        columnDisplay={columnDisplay(options, view.columns ?? standard)}
        wrapLines={view.wrap}
        contentDensity={view.density}
        sortingColumn={{ sortingField: query.sort ?? order.field }}
        sortingDescending={descending}
        onSortingChange={({ detail }) =>
          url.setQuery({ sort: detail.sortingColumn.sortingField, order: detail.isDescending ? "desc" : "asc" })
        }
        {...(selection && {
          selectionType: "multi",
          selectedItems: selection.items,
          onSelectionChange: ({ detail }) => selection.onChange(detail.selectedItems),
        })}
        ariaLabels={{ ...selection?.labels, tableLabel: title }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={data ? `(${data.total})` : undefined}
            description={data ? `${note ? `${note} ` : ""}As of ${formatInstant(data.asOf)}` : undefined}
            actions={actions}
          >
            {title}
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            <InvalidAddress url={url} />
            <ListFilter
              url={url}
              what={what}
              plural={plural}
              properties={filter.properties}
              values={filter.values}
              loading={filter.loading ?? false}
              total={data && filtered ? data.total : null}
              hidden={filter.hidden}
            />
            <CutTokens url={url} />
            {filter.controls}
          </SpaceBetween>
        }
        preferences={<ListPreferences options={options} standard={standard} url={url} />}
      />
    </div>
  );
}
