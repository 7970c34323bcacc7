"use client";

import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { ListPager } from "./list-pager";

/** What a page of a list needs to be of its answer: `total` counts everything that matches, `nextCursor` is null on the last page. */
interface Page<T> {
  items: T[];
  total: number;
  nextCursor: string | null;
}

/** The reading of a page, as useQuery gives it. */
export interface PageReading<P> {
  data: P | undefined;
  error: Error | null;
  isFetching: boolean;
  isPlaceholderData: boolean;
  refetch(): unknown;
}

export interface PagedTableProps<T>
  extends Omit<TableProps<T>, "items" | "loading" | "loadingText" | "pagination" | "empty"> {
  reading: PageReading<Page<T>>;
  /** What is listed, in the plural: "brokers". */
  what: string;
  /** What could not be read, where that is not "The list of ...". */
  failed?: string;
  /** Where in the list one is; `listKey` names filter and order, since cursors of others are worthless. */
  place: { listKey: string; page: number; cursor: string | undefined; limit: number };
  goTo(page: number, cursor: string | undefined): void;
  /** Whether anything limits the list: an empty one then matches nothing, otherwise there is nothing. */
  filtered: boolean;
  onClear(): void;
  /** Shown where there is nothing at all. */
  allClear: ReactNode;
}

/** A table of one page at a time, read from the server: its rows, its pager, and why it is empty (not read, nothing matches, nothing there). */
export function PagedTable<T>({
  reading: { data, error, isFetching, isPlaceholderData, refetch },
  what,
  failed = `The list of ${what}`,
  place,
  goTo,
  filtered,
  onClear,
  allClear,
  ...table
}: PagedTableProps<T>) {
  return (
    <Table
      {...table}
      items={error ? [] : (data?.items ?? [])}
      loading={!data && !error}
      loadingText={`Reading ${what}`}
      pagination={
        data && (
          <ListPager
            {...place}
            what={what}
            // The rows before stay while the next ones are read; their cursor leads to where one is already.
            nextCursor={isPlaceholderData ? null : data.nextCursor}
            shown={data.items.length}
            total={data.total}
            goTo={goTo}
          />
        )
      }
      empty={
        error ? (
          <ErrorState error={error} what={failed} onRetry={() => void refetch()} retrying={isFetching} />
        ) : filtered ? (
          <NothingMatches what={what} onClear={onClear} />
        ) : (
          allClear
        )
      }
    />
  );
}
