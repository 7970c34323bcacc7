"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { formatCount } from "@/components/ui/figures";

interface ListPagerProps {
  /** What is listed, in the plural: names the buttons. */
  what: string;
  /** Identifies filter and order: cursors of another one are worthless. */
  listKey: string;
  page: number;
  cursor: string | undefined;
  nextCursor: string | null;
  limit: number;
  shown: number;
  total: number;
  goTo(page: number, cursor: string | undefined): void;
}

/**
 * Pages by cursor: forward by the API's, back by those seen on the way here. A shared address starts in the middle, where the way back is
 * not known: it then leads to the first page.
 */
export function ListPager({ what, listKey, page, cursor, nextCursor, limit, shown, total, goTo }: ListPagerProps) {
  const trail = useRef({ listKey, cursors: new Map<number, string | undefined>([[1, undefined]]) });
  if (trail.current.listKey !== listKey) trail.current = { listKey, cursors: new Map([[1, undefined]]) };
  const cursors = trail.current.cursors;
  cursors.set(page, cursor);
  const previous = cursors.has(page - 1) ? page - 1 : 1;
  const first = (page - 1) * limit + 1;
  const range = shown === 0 ? "0" : `${formatCount(first)}–${formatCount(first + shown - 1)}`;
  return (
    <nav aria-label={`Pages of ${what}`}>
      <SpaceBetween direction="horizontal" size="xxs" alignItems="center">
        <Box color="text-body-secondary" display="inline">
          {range} of {formatCount(total)}
        </Box>
        <Button
          variant="icon"
          iconName="angle-left"
          ariaLabel="Previous page"
          disabled={page <= 1}
          onClick={() => goTo(previous, cursors.get(previous))}
        />
        <Button
          variant="icon"
          iconName="angle-right"
          ariaLabel="Next page"
          disabled={!nextCursor}
          onClick={() => goTo(page + 1, nextCursor ?? undefined)}
        />
      </SpaceBetween>
    </nav>
  );
}
