"use client";

import { useCollection } from "@cloudscape-design/collection-hooks";
import Pagination from "@cloudscape-design/components/pagination";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";
import { NothingMatches } from "@/components/states/empty-states";
import { formatNumberOf } from "@/components/ui/figures";

const PAGE_SIZE = 50;

interface CollectionTableProps<T>
  extends Pick<TableProps<T>, "columnDefinitions" | "variant" | "contentDensity" | "header" | "trackBy"> {
  items: readonly T[];
  /** What is listed, in the plural: "owners". */
  what: string;
  /** Name of the table. */
  label: string;
  /** Name of the field to find by text, and what stands in it while it is empty. */
  find?: { label: string; placeholder: string };
  /** The text of a row that is searched; without it every field of the row. */
  textOf?(item: T): string;
  /** The order at first; without it that of the items. */
  order?: { column: TableProps.SortingColumn<T>; descending: boolean };
  /** Shown where there is nothing at all. */
  allClear: ReactNode;
}

/** A table of rows that are all in the browser already: found by text, sorted, 50 at a time. */
export function CollectionTable<T>({
  items,
  what,
  label,
  find = { label: `Find ${what}`, placeholder: `Find ${what}` },
  textOf,
  order,
  allClear,
  ...table
}: CollectionTableProps<T>) {
  const {
    items: shown,
    collectionProps,
    filterProps,
    filteredItemsCount,
    paginationProps,
    actions,
  } = useCollection(items, {
    filtering: {
      empty: allClear,
      noMatch: <NothingMatches what={what} onClear={() => actions.setFiltering("")} />,
      ...(textOf && {
        filteringFunction: (item: T, text: string) => textOf(item).toLowerCase().includes(text.trim().toLowerCase()),
      }),
    },
    pagination: { pageSize: PAGE_SIZE },
    sorting: order ? { defaultState: { sortingColumn: order.column, isDescending: order.descending } } : {},
  });
  return (
    <Table
      {...collectionProps}
      {...table}
      items={shown}
      wrapLines
      ariaLabels={{ tableLabel: label }}
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder={find.placeholder}
          filteringAriaLabel={find.label}
          filteringClearAriaLabel="Clear"
          countText={filterProps.filteringText ? formatNumberOf(filteredItemsCount ?? 0, "match", "matches") : ""}
        />
      }
      pagination={
        (filteredItemsCount ?? items.length) > PAGE_SIZE && (
          <Pagination
            {...paginationProps}
            ariaLabels={{
              nextPageLabel: `Next page of ${what}`,
              previousPageLabel: `Previous page of ${what}`,
              pageLabel: (page) => `Page ${page} of ${what}`,
            }}
          />
        )
      }
    />
  );
}
