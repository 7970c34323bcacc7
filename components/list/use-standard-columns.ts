"use client";

import { type RefCallback, useCallback, useMemo, useState } from "react";
import { type ColumnOption, standardColumns } from "./column-display";

/** Room of a list in a window of 1440 pixels with the navigation open: what the server and the first picture assume. */
const ASSUMED_ROOM_PX = 1075;

/**
 * The columns a list shows without a choice: as many as fit, so that none is cut off at the edge. `frame` goes to the element that the table
 * fills; its width is followed. `taken`: pixels of it that no column gets.
 */
export function useStandardColumns(
  options: readonly ColumnOption[],
  taken = 0,
): {
  standard: readonly string[];
  frame: RefCallback<HTMLDivElement>;
} {
  // Kept as text: most changes of the width change nothing of it, and then nothing is drawn again.
  const [shown, setShown] = useState(() => standardColumns(options, ASSUMED_ROOM_PX - taken).join());
  const frame = useCallback<RefCallback<HTMLDivElement>>(
    (element) => {
      if (!element) return;
      const measure = () => setShown(standardColumns(options, element.clientWidth - taken).join());
      measure();
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      return () => observer.disconnect();
    },
    [options, taken],
  );
  const standard = useMemo(() => shown.split(","), [shown]);
  return { standard, frame };
}
