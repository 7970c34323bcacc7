"use client";

import Popover from "@cloudscape-design/components/popover";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { formatAmount, formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay } from "@/components/ui/times";
import type { CampaignCost, CampaignItem } from "@/lib/contracts/campaigns";

const VERDICTS = {
  done: { type: "success", text: "Done" },
  "on-time": { type: "success", text: "On time" },
  "at-risk": { type: "warning", text: "At risk" },
  late: { type: "error", text: "Late" },
} as const;

/** Whether a campaign will reach its deadline; of one that is over, how it ended. */
export function CampaignVerdict({ campaign: { state, plans, forecast } }: { campaign: CampaignItem }) {
  if (state === "cancelled") return <Status type="stopped">Cancelled</Status>;
  if (plans === 0) return <Status type="stopped">No plan is left</Status>;
  const { type, text } = VERDICTS[forecast.verdict];
  return <Status type={type}>{text}</Status>;
}

/** How many plans are done, of those that are not cancelled. */
export function PlansProgress({ name, completed, plans }: { name: string; completed: number; plans: number }) {
  return (
    <ProgressBar
      value={plans === 0 ? 0 : (100 * completed) / plans}
      ariaLabel={`Progress of ${name}`}
      additionalInfo={`${completed} of ${formatNumberOf(plans, "plan")} done`}
    />
  );
}

/** The end at the pace so far, or why it is not known. */
export function PaceText({ forecast }: { forecast: CampaignItem["forecast"] }) {
  if (forecast.atThisPace) return <>{formatDay(forecast.atThisPace)}</>;
  return <>{forecast.unknown ? `Unknown: ${forecast.unknown}` : "–"}</>;
}

/** List prices per month before and after, as far as they are known; what is not is counted. */
export function CampaignPrices({ cost: { known, unknown, reasons, unchanged } }: { cost: CampaignCost }) {
  return (
    <div>
      {known.map(({ currency, plans, before, after }) => (
        <div key={currency}>
          {formatAmount(before, currency)} before, {formatAmount(after, currency)} after (
          {formatNumberOf(plans, "plan")})
        </div>
      ))}
      {unknown > 0 && (
        <Popover
          header="Why prices are unknown"
          dismissAriaLabel="Close"
          content={
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          }
        >
          Unknown for {formatNumberOf(unknown, "plan")}
        </Popover>
      )}
      {unchanged > 0 && <div>{formatNumberOf(unchanged, "plan changes", "plans change")} no price</div>}
    </div>
  );
}
