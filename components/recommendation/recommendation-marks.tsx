"use client";

import Badge from "@cloudscape-design/components/badge";
import { formatAmount } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import type { RecommendationItem } from "@/lib/contracts/recommendations";
import { stateText } from "./recommendation-words";

const CONFIDENCE = { high: "success", medium: "info", low: "warning" } as const;
const CONFIDENCE_WORDS = { high: "High", medium: "Medium", low: "Low" } as const;

/** How sure the evidence is. */
export function Confidence({ level }: { level: RecommendationItem["confidence"] }) {
  return <Status type={CONFIDENCE[level]}>{CONFIDENCE_WORDS[level]}</Status>;
}

/** Open, dismissed or ended. */
export function RecommendationState({ item }: { item: RecommendationItem }) {
  const type = item.state === "open" ? "pending" : item.endCause === "done" ? "success" : "stopped";
  return <Status type={type}>{stateText(item)}</Status>;
}

/** Saving or premium per month (the column says so), and whether sums count it. */
export function MonthlyFigure({ item }: { item: RecommendationItem }) {
  return (
    <span>
      {item.monthly.known ? formatAmount(item.monthly.amount, item.monthly.currency) : "Not known"}
      {item.nature === "premium" && (
        <>
          {" "}
          <Badge>Premium</Badge>
        </>
      )}
      {item.nature === "saving" && item.state === "open" && !item.counted && (
        <>
          {" "}
          <Badge>Alternative</Badge>
        </>
      )}
    </span>
  );
}
