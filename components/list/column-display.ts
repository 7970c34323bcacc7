export interface ColumnOption {
  id: string;
  label: string;
  /** Pixels it takes. */
  width: number;
  /** Place in the queue for room, 1 first; null: shown only when it is chosen. */
  rank: number | null;
  /** Never hidden: the one that names the row. */
  always?: boolean;
}

/** Ids of the columns shown without a choice, in their order: by rank, as many as fit into `room` pixels beside each other. */
export function standardColumns(options: readonly ColumnOption[], room: number): string[] {
  const queue = options
    .flatMap(({ id, width, rank }) => (rank === null ? [] : [{ id, width, rank }]))
    .sort((a, b) => a.rank - b.rank);
  const shown = new Set<string>(options.filter(({ always }) => always).map(({ id }) => id));
  let taken = 0;
  for (const { id, width } of queue) {
    taken += width;
    if (taken > room) break;
    shown.add(id);
  }
  return options.map(({ id }) => id).filter((id) => shown.has(id));
}

/** The chosen columns in their order, those that are never hidden in any case, then the hidden ones. Unknown ids are left out. */
export function columnDisplay(
  options: readonly ColumnOption[],
  chosen: readonly string[],
): { id: string; visible: boolean }[] {
  const known = chosen.filter((id) => options.some((option) => option.id === id));
  const missing = options.filter(({ id, always }) => always && !known.includes(id)).map(({ id }) => id);
  const visible = new Set([...missing, ...known]);
  const hidden = options.map(({ id }) => id).filter((id) => !visible.has(id));
  return [...visible].map((id) => ({ id, visible: true })).concat(hidden.map((id) => ({ id, visible: false })));
}

/** What assistive technology calls the control that sorts by a column. */
export function sortControlLabel(label: string): (state: { sorted: boolean; descending: boolean }) => string {
  return ({ sorted, descending }) =>
    `${label}, ${sorted ? (descending ? "sorted descending" : "sorted ascending") : "not sorted"}`;
}
