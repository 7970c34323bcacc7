import type { Cell, Column, TableBlock } from "@/lib/domain/report-document";

/** Rows that a table on paper shows of a list. */
export const TOP = 15;

/** A column of text, days or figures; `width` is its share of the table. */
export function column(key: string, label: string, kind: Column["kind"] = "text", width = 1): Column {
  return { key, label, kind, width };
}

/** A table with all its rows. */
export function table(
  input: Pick<TableBlock, "id" | "title" | "columns" | "rows" | "empty"> & { note?: string | null },
): TableBlock {
  return { kind: "table", note: null, ...input, total: input.rows.length, list: null };
}

/** The first rows of a complete list that stands elsewhere (`list`). */
export function topOf<T>(
  input: Pick<TableBlock, "id" | "title" | "columns" | "empty" | "list"> & { note?: string | null },
  items: readonly T[],
  row: (item: T) => Cell[],
): TableBlock {
  const rows = items.slice(0, TOP).map(row);
  return { kind: "table", note: null, ...input, rows, total: items.length };
}

/** A day of an instant, UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** How many things each key has. */
export function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
