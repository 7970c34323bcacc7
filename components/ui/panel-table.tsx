"use client";

import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/states/error-state";

/** What can be done with an item of the table. */
export interface RowActions<Item> {
  /** What the item is called, for whoever hears the menu's name. */
  nameOf(item: Item): string;
  actionsOf(item: Item): { id: string; text: string; disabled?: boolean }[];
  onAct(action: string, item: Item): void;
}

/** A panel's table of what can be looked after: its heading with what adds to it, a menu in each row, and what it says when there is nothing. */
export function PanelTable<Item>({
  title,
  label = title,
  things,
  description,
  items,
  total = items?.length,
  trackBy = "id",
  add,
  columns,
  rowActions,
  error,
  onRetry,
  retrying,
  empty,
}: {
  title: string;
  /** The table's name, where its title is not enough. */
  label?: string;
  /** What the items are, within a sentence. */
  things: string;
  description: string;
  /** Undefined until they have been read. */
  items: readonly Item[] | undefined;
  total?: number;
  trackBy?: string;
  /** The button that adds an item. */
  add: ReactNode;
  columns: readonly TableProps.ColumnDefinition<Item>[];
  /** Null for whoever may do nothing. */
  rowActions: RowActions<Item> | null;
  error: unknown;
  onRetry(): void;
  retrying: boolean;
  empty: ReactNode;
}) {
  return (
    <Table
      variant="borderless"
      items={items ?? []}
      trackBy={trackBy}
      loading={!items && !error}
      loadingText={`Reading ${things}`}
      wrapLines
      ariaLabels={{ tableLabel: label }}
      header={
        <Header variant="h2" counter={items ? `(${total})` : undefined} description={description} actions={add}>
          {title}
        </Header>
      }
      columnDefinitions={[
        ...columns,
        {
          id: "actions",
          header: "Actions",
          minWidth: 90,
          cell: (item) =>
            rowActions ? (
              <ButtonDropdown
                variant="inline-icon"
                expandToViewport
                ariaLabel={`Actions for ${rowActions.nameOf(item)}`}
                items={rowActions.actionsOf(item)}
                onItemClick={({ detail }) => rowActions.onAct(detail.id, item)}
              />
            ) : (
              "–"
            ),
        },
      ]}
      empty={error ? <ErrorState error={error} what={`The ${things}`} onRetry={onRetry} retrying={retrying} /> : empty}
    />
  );
}
