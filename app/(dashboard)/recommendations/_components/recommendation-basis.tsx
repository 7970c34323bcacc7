"use client";

import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { formatDay } from "@/components/ui/times";
import type { RecommendationPage } from "@/lib/contracts/recommendations";

/** How recommendations are judged: every kind, every threshold with its reason, and the price list. */
export function RecommendationBasis({ basis }: { basis: RecommendationPage["basis"] }) {
  return (
    <SpaceBetween size="m">
      {basis.kinds.map(({ kind, title, definition }) => (
        <div key={kind}>
          <Box variant="h4">{title}</Box>
          <Box variant="p">{definition}</Box>
        </div>
      ))}
      <div>
        <Box variant="h4">Thresholds</Box>
        <ul>
          {basis.thresholds.map(({ title, value, unit, reason }) => (
            <li key={title}>
              {title}: {value} {unit}. {reason}
            </li>
          ))}
        </ul>
      </div>
      <Box variant="p">
        {basis.priceListOf === null
          ? "No list price is known."
          : `List prices: newest publication of ${formatDay(basis.priceListOf)}. Prices are looked up, never derived; what is not known has no figure.`}
      </Box>
    </SpaceBetween>
  );
}
