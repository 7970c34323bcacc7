import { CAMPAIGN_STAGE_IDS, type CampaignStageId, type CampaignVerdict } from "@/lib/domain/campaign";
import { addDays, diffDays, type PlainDate } from "@/lib/domain/plain-date";

const ENVIRONMENTS: Readonly<Record<CampaignStageId, readonly string[]>> = {
  development: ["development", "sandbox"],
  test: ["test"],
  staging: ["staging"],
  production: ["production", "unclassified"],
};

/** Stages as people read them. */
export const STAGE_TITLES: Readonly<Record<CampaignStageId, string>> = {
  development: "Development and sandbox",
  test: "Test",
  staging: "Staging",
  production: "Production and unclassified",
};

/** The stage of a broker: by its environment; what counts as production, and whatever nobody knows, goes last. */
export function stageOf({
  environment,
  countsAsProduction,
}: {
  environment: string;
  countsAsProduction: boolean;
}): CampaignStageId {
  if (countsAsProduction) return "production";
  return CAMPAIGN_STAGE_IDS.find((id) => ENVIRONMENTS[id].includes(environment)) ?? "production";
}

/** First days of so many stages when nobody says: the time until the deadline in equal parts, the first one from `from` on. */
export function evenStarts(stages: number, from: PlainDate, deadline: PlainDate): PlainDate[] {
  const span = Math.max(0, diffDays(from, deadline));
  return Array.from({ length: stages }, (_, index) => addDays(from, Math.floor((index * span) / stages)));
}

/** What is known of a stage's plans. */
export interface StageCounts {
  id: CampaignStageId;
  startOn: PlainDate;
  /** Plans that are not cancelled. */
  plans: number;
  completed: number;
  /** Open plans of brokers that are gone. */
  gone: number;
}

export interface StageStanding {
  id: CampaignStageId;
  completed: number;
  /** Open plans that can go on, or whose time has not come. */
  open: number;
  /** Open plans that cannot go on. */
  blocked: number;
  /** Why: a sentence; null where nothing is blocked. */
  reason: string | null;
}

/**
 * How far each stage is, in their order. Open plans are blocked while their stage has begun and an earlier one is not finished, and where their broker is
 * gone: such a plan is to be cancelled, or its replacement confirmed.
 */
export function stageStandings(stages: readonly StageCounts[], today: PlainDate): StageStanding[] {
  return stages.map(({ id, startOn, plans, completed, gone }, index) => {
    const active = plans - completed;
    const before = stages.slice(0, index).find((earlier) => earlier.completed < earlier.plans);
    if (before && startOn <= today && active > 0)
      return { id, completed, open: 0, blocked: active, reason: `${STAGE_TITLES[before.id]} is not finished.` };
    const reason = gone > 0 ? `${gone === 1 ? "A broker is" : `${gone} brokers are`} gone.` : null;
    return { id, completed, open: active - gone, blocked: gone, reason };
  });
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
  verdict: CampaignVerdict;
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
  const unknown = knowable ? null : `No pace yet: it needs ${FEWEST_DAYS} days and one completed plan.`;
  const late = today > pace.deadline || (pace.plannedEnd !== null && pace.plannedEnd > pace.deadline);
  const risk = pace.overdueSteps > 0 || (atThisPace !== null && atThisPace > pace.deadline);
  return { plannedEnd: pace.plannedEnd, atThisPace, unknown, verdict: late ? "late" : risk ? "at-risk" : "on-time" };
}
