import { addDays, diffDays, type PlainDate } from "@/lib/domain/plain-date";

/** The order in which a campaign goes through environments; what is unclassified counts as production and goes with it. */
export const CAMPAIGN_STAGES = [
  { id: "development", title: "Development and sandbox", environments: ["development", "sandbox"] },
  { id: "test", title: "Test", environments: ["test"] },
  { id: "staging", title: "Staging", environments: ["staging"] },
  { id: "production", title: "Production and unclassified", environments: ["production", "unclassified"] },
] as const;

/** Position of an environment's stage; whatever nobody knows goes last, with production. */
export function stageOf(environment: string): number {
  const found = CAMPAIGN_STAGES.findIndex(({ environments }) => environments.some((one) => one === environment));
  return found < 0 ? CAMPAIGN_STAGES.length - 1 : found;
}

export interface CampaignPace {
  /** First day of the campaign. */
  startedOn: PlainDate;
  deadline: PlainDate;
  /** Plans that are not cancelled. */
  plans: number;
  completed: number;
  /** Day of the last step that is still open; null where none has a day. */
  plannedEnd: PlainDate | null;
  overdueSteps: number;
}

export interface CampaignForecast {
  /** As planned: null where everything is done or nothing has a day. */
  plannedEnd: PlainDate | null;
  /** At the pace so far; null where it is not knowable yet. */
  atThisPace: PlainDate | null;
  /** Why there is no pace; null where there is. */
  unknown: string | null;
  verdict: "done" | "on-time" | "at-risk" | "late";
}

const FEWEST_DAYS = 7;

/**
 * When a campaign will be over: as planned, and at the pace so far (plans completed per day since its start, carried on). Late where the plan itself ends after
 * the deadline or the deadline has passed; at risk where steps are overdue or the pace does not reach it.
 */
export function forecastOf(pace: CampaignPace, today: PlainDate): CampaignForecast {
  const left = pace.plans - pace.completed;
  if (left <= 0) return { plannedEnd: null, atThisPace: null, unknown: null, verdict: "done" };
  const days = diffDays(pace.startedOn, today);
  const knowable = days >= FEWEST_DAYS && pace.completed > 0;
  const atThisPace = knowable ? addDays(today, Math.ceil((left * days) / pace.completed)) : null;
  const unknown = knowable ? null : `There is no pace yet: it takes ${FEWEST_DAYS} days and one completed plan.`;
  const late = today > pace.deadline || (pace.plannedEnd !== null && pace.plannedEnd > pace.deadline);
  const risk = pace.overdueSteps > 0 || (atThisPace !== null && atThisPace > pace.deadline);
  return { plannedEnd: pace.plannedEnd, atThisPace, unknown, verdict: late ? "late" : risk ? "at-risk" : "on-time" };
}
