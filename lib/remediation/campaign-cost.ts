import { decimalToText, parseDecimal } from "@/lib/domain/money";
import type { StepCost } from "@/lib/domain/plan";
import { planCost } from "@/lib/remediation/plan-cost";

export interface CampaignCost {
  /** Plans that change no price. */
  unchanged: number;
  /** Plans whose price before or after is not known. */
  unknown: number;
  /** Why it is not: each reason once. */
  reasons: string[];
  /** List prices of the instances per month over the plans that change them: exact amounts, one line per currency. */
  known: { currency: string; plans: number; before: string; after: string }[];
}

/** What the plans of a campaign change of the list prices. Plans without both prices are counted, not estimated; currencies are never summed. */
export function campaignCost(plans: readonly (readonly { cost: StepCost | null }[])[]): CampaignCost {
  const total: CampaignCost = { unchanged: 0, unknown: 0, reasons: [], known: [] };
  for (const steps of plans) {
    const cost = planCost(steps);
    if (!cost) {
      total.unchanged += 1;
      continue;
    }
    const { before, after } = cost;
    if (!before.known) countUnknown(total, before.reason);
    else if (!after.known) countUnknown(total, after.reason);
    else if (before.currency !== after.currency) countUnknown(total, "The price changes its currency.");
    else add(total, before.currency, before.amount, after.amount);
  }
  total.known.sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return total;
}

function countUnknown(total: CampaignCost, reason: string): void {
  total.unknown += 1;
  if (!total.reasons.includes(reason)) total.reasons.push(reason);
}

function add({ known }: CampaignCost, currency: string, before: string, after: string): void {
  const sum = (a: string, b: string) => decimalToText(parseDecimal(a).plus(parseDecimal(b)));
  const line = known.find((one) => one.currency === currency);
  if (!line) known.push({ currency, plans: 1, before, after });
  else Object.assign(line, { plans: line.plans + 1, before: sum(line.before, before), after: sum(line.after, after) });
}
