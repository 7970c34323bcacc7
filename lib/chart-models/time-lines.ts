export interface LineSeries {
  label: string;
  points: readonly { at: string; value: number | null }[];
}

export interface TimeLines {
  series: { key: string; label: string }[];
  /** Ascending by time (epoch milliseconds); null is a gap. */
  rows: ({ time: number } & Record<string, number | null>)[];
  gaps: number;
}

const GAP_FACTOR = 1.5;

/** Series over time on one axis. Where a series skips more than one step, a null is put in, so that the line breaks instead of bridging. */
export function timeLines(input: readonly LineSeries[], stepMs: number): TimeLines {
  const rows = new Map<number, { time: number } & Record<string, number | null>>();
  const at = (time: number) => {
    const row = rows.get(time) ?? { time };
    rows.set(time, row);
    return row;
  };
  let gaps = 0;
  for (const [index, { points }] of input.entries()) {
    const key = seriesKey(index);
    let before: number | null = null;
    for (const point of points) {
      const time = Date.parse(point.at);
      if (before !== null && time - before > GAP_FACTOR * stepMs) {
        gaps += 1;
        at(before + stepMs)[key] ??= null;
      } else if (point.value === null) gaps += 1;
      at(time)[key] = point.value;
      before = time;
    }
  }
  return {
    series: input.map(({ label }, index) => ({ key: seriesKey(index), label })),
    rows: [...rows.values()].sort((a, b) => a.time - b.time),
    gaps,
  };
}

function seriesKey(index: number): string {
  return `s${index}`;
}
