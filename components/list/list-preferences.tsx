"use client";

import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import type { ListQuery } from "@/lib/contracts/common";
import { type ColumnOption, columnDisplay } from "./column-display";
import type { ListUrl } from "./use-list-url";

const PAGE_SIZES = [20, 50, 100, 200];

/** Columns, their order, page size, wrapping and density of a list; confirmed changes go to the address. */
export function ListPreferences({
  options,
  standard,
  url,
}: {
  options: readonly ColumnOption[];
  /** Ids of the columns shown unless the address says otherwise. */
  standard: readonly string[];
  url: ListUrl;
}) {
  const { query, view } = url;
  const display = columnDisplay(options, view.columns ?? standard);
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Confirm"
      cancelLabel="Cancel"
      preferences={{
        pageSize: query.limit,
        wrapLines: view.wrap,
        contentDensity: view.density,
        contentDisplay: display,
      }}
      pageSizePreference={{
        title: "Rows per page",
        options: PAGE_SIZES.map((value) => ({ value, label: `${value} rows` })),
      }}
      wrapLinesPreference={{ label: "Wrap lines", description: "Show all text and wrap it" }}
      contentDensityPreference={{ label: "Compact rows", description: "Show more rows at a time" }}
      contentDisplayPreference={{
        title: "Columns",
        description: "Visible columns and their order. Without a choice, as many as fit beside each other.",
        options: options.map(({ id, label, always }) => ({ id, label, alwaysVisible: always })),
      }}
      onConfirm={({ detail }) => {
        const columns = (detail.contentDisplay ?? display).filter(({ visible }) => visible).map(({ id }) => id);
        const limit = detail.pageSize ?? query.limit;
        const change: Partial<ListQuery> | undefined = limit === query.limit ? undefined : { limit };
        url.setView(
          {
            columns: columns.join() === standard.join() ? null : columns,
            wrap: detail.wrapLines ?? false,
            density: detail.contentDensity ?? "comfortable",
          },
          change,
        );
      }}
    />
  );
}
