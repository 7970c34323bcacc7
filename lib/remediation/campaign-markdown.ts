import type { CampaignVerdict } from "@/lib/domain/campaign";
import type { CampaignCost } from "@/lib/remediation/campaign-cost";
import { markdownText } from "@/lib/remediation/plan-markdown";

export interface CampaignDocument {
  name: string;
  goal: string;
  state: string;
  startedOn: string;
  deadline: string;
  asOf: string;
  plans: number;
  completed: number;
  overdueSteps: number;
  forecast: { plannedEnd: string | null; atThisPace: string | null; unknown: string | null; verdict: CampaignVerdict };
  cost: CampaignCost;
  stages: readonly {
    title: string;
    startOn: string;
    endsOn: string | null;
    plans: number;
    completed: number;
    open: number;
    blocked: number;
    reason: string | null;
  }[];
  items: readonly {
    title: string;
    broker: string;
    stage: string;
    owner: string | null;
    state: string;
    doneSteps: number;
    steps: number;
    overdueSteps: number;
    endsOn: string | null;
  }[];
}

/** Verdicts as people read them. */
export const VERDICT_WORDS: Readonly<Record<CampaignVerdict, string>> = {
  done: "Done",
  "on-time": "On time",
  "at-risk": "At risk",
  late: "Late",
};

/** A campaign as a Markdown document that can be read without the product. */
export function campaignMarkdown(campaign: CampaignDocument): string {
  const { forecast, stages, items } = campaign;
  return `${[
    `# ${markdownText(campaign.name)}`,
    ...(campaign.goal ? [markdownText(campaign.goal)] : []),
    [
      `- State: ${campaign.state}; ${VERDICT_WORDS[forecast.verdict].toLowerCase()} as of ${campaign.asOf}`,
      `- From ${campaign.startedOn} to ${campaign.deadline}`,
      `- Progress: ${campaign.completed} of ${campaign.plans} plans done, ${campaign.overdueSteps} steps overdue`,
      `- Planned end: ${forecast.plannedEnd ?? "none"}`,
      `- At the pace so far: ${forecast.atThisPace ?? forecast.unknown ?? "none"}`,
      ...costLines(campaign.cost),
    ].join("\n"),
    "## Stages",
    table(
      ["Stage", "Begins", "Planned end", "Plans", "Done", "Open", "Blocked"],
      stages.map((one) => [
        one.title,
        one.startOn,
        one.endsOn ?? "none",
        one.plans,
        one.completed,
        one.open,
        one.reason ? `${one.blocked} (${one.reason})` : one.blocked,
      ]),
    ),
    "## Plans",
    table(
      ["Plan", "Broker", "Stage", "Owner", "State", "Steps done", "Overdue", "Ends"],
      items.map((one) => [
        one.title,
        one.broker,
        one.stage,
        one.owner ?? "none",
        one.state,
        `${one.doneSteps} of ${one.steps}`,
        one.overdueSteps,
        one.endsOn ?? "none",
      ]),
    ),
    "Costs are list prices of the instances without storage and data transfer; they are estimates, not billed cost. MQ Steward changes nothing in AWS.",
  ].join("\n\n")}\n`;
}

function costLines({ known, unknown, reasons, unchanged }: CampaignCost): string[] {
  return [
    ...known.map(
      ({ currency, plans, before, after }) =>
        `- List price per month of ${plans} changed: before ${before} ${currency}, after ${after} ${currency}`,
    ),
    ...(unknown > 0 ? [`- Plans whose prices are not known: ${unknown} (${reasons.map(markdownText).join(" ")})`] : []),
    ...(unchanged > 0 ? [`- Plans that change no price: ${unchanged}`] : []),
  ];
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(header),
    line(header.map(() => "---")),
    ...rows.map((cells) => line(cells.map((cell) => markdownText(String(cell))))),
  ].join("\n");
}
