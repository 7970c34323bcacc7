"use client";

import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import type { ListQuery } from "@/lib/contracts/common";
import type { ListUrl } from "./use-list-url";

export interface ColumnOption {
  id: string;
  label: string;
  /** Shown unless the address says otherwise. */
  standard: boolean;
  /** Never hidden: the one that names the row. */
  always?: boolean;
}

const PAGE_SIZES = [20, 50, 100, 200];

/** Which columns are visible, and in which order, for an address. Unknown ids are left out. */
export function columnDisplay(
  options: readonly ColumnOption[],
  chosen: readonly string[] | null,
): { id: string; visible: boolean }[] {
  if (!chosen) return options.map(({ id, standard, always }) => ({ id, visible: standard || always === true }));
  const known = chosen.filter((id) => options.some((option) => option.id === id));
  const visible = new Set([...options.filter(({ always }) => always).map(({ id }) => id), ...known]);
  const hidden = options.map(({ id }) => id).filter((id) => !visible.has(id));
  return [...visible].map((id) => ({ id, visible: true })).concat(hidden.map((id) => ({ id, visible: false })));
}

/** Columns, their order, page size, wrapping and density of a list; confirmed changes go to the address. */
export function ListPreferences({ options, url }: { options: readonly ColumnOption[]; url: ListUrl }) {
  const { query, view } = url;
  const display = columnDisplay(options, view.columns);
  const standard = visibleIds(columnDisplay(options, null));
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
        description: "Visible columns and their order",
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

function visibleIds(display: readonly { id: string; visible: boolean }[]): string[] {
  return display.filter(({ visible }) => visible).map(({ id }) => id);
}
