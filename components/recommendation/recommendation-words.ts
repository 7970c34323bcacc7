import { deploymentModeLabel } from "@/components/broker/labels";
import { formatAmount } from "@/components/ui/figures";
import { formatDay } from "@/components/ui/times";
import type { RecommendationItem } from "@/lib/contracts/recommendations";

type Priced = RecommendationItem["monthly"];

export const KIND_LABELS: Readonly<Record<RecommendationItem["kind"], string>> = {
  idle: "Idle broker",
  oversized: "Oversized instance",
  "wrong-storage": "Costlier storage than needed",
  "ha-in-development": "HA outside production",
  "evaluation-in-production": "Evaluation size in production",
};

export const END_CAUSE_LABELS: Readonly<Record<NonNullable<RecommendationItem["endCause"]>, string>> = {
  done: "Done",
  "no-longer-applies": "No longer applies",
  "not-in-service": "Not in service any more",
  dismissed: "Dismissed",
};

/** An amount per month, or that it is not known. */
export function monthlyText(monthly: Priced): string {
  return monthly.known ? `${formatAmount(monthly.amount, monthly.currency)} per month` : "Not known";
}

/** An amount with the day of its price list, or the reason why it is not known. */
export function pricedText(amount: Priced): string {
  if (!amount.known) return amount.reason;
  const list = amount.priceListOf === null ? "" : ` (price list of ${formatDay(amount.priceListOf)})`;
  return `${formatAmount(amount.amount, amount.currency)} per month${list}`;
}

/** "mq.m5.xlarge to mq.m5.large", "Delete, recreate when needed". */
export function changeText({ attribute, from, to }: RecommendationItem["detail"]["change"]): string {
  if (to === null) return "Delete, recreate when needed";
  const words = (value: string) => (attribute === "deploymentMode" ? deploymentModeLabel(value) : value);
  return `${words(from)} to ${words(to)}`;
}

/** Open, or how and when it ended. */
export function stateText({ state, endCause, dismissedUntil }: RecommendationItem): string {
  if (state === "open") return "Open";
  if (state === "dismissed" && dismissedUntil) return `Dismissed until ${formatDay(dismissedUntil)}`;
  return endCause ? END_CAUSE_LABELS[endCause] : "Ended";
}
