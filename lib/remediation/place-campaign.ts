import type { MaintenanceWindow } from "@/lib/domain/broker";
import type { CampaignStageId } from "@/lib/domain/campaign";
import { addDays, laterOf, type PlainDate } from "@/lib/domain/plain-date";
import type { PlannedStep } from "@/lib/domain/plan";
import { evenStarts } from "@/lib/remediation/campaign";
import { type Placement, placeSteps } from "@/lib/remediation/place-steps";

/** A plan of a campaign before its steps have dates. */
export interface UnplacedPlan {
  steps: readonly PlannedStep[];
  window: MaintenanceWindow | null | undefined;
  /** Keys of steps that a plan taken in has already: they stay where people put them. */
  has: ReadonlySet<string>;
  /** Day of its last open step, of a plan taken in. */
  endsOn: PlainDate | null;
}

export interface StageToPlace<P extends UnplacedPlan> {
  id: CampaignStageId;
  /** The first day that a person chose; null: as it comes out. */
  startOn: PlainDate | null;
  plans: readonly P[];
}

export interface PlacedStage<P extends UnplacedPlan> {
  id: CampaignStageId;
  startOn: PlainDate;
  /** Day of its last step; null where none has a day. */
  endsOn: PlainDate | null;
  /** It begins before the stages ahead of it have ended. */
  overlaps: boolean;
  plans: readonly { plan: P; placements: ReadonlyMap<string, Placement> }[];
}

/**
 * Places the steps of a campaign's plans, stage by stage in the order given, each in its broker's own windows and not before the stage begins. A stage without a
 * chosen day begins with its equal part of the time until the deadline, but not before the day after the last step of the stages ahead of it.
 */
export function placeCampaign<P extends UnplacedPlan>(
  stages: readonly StageToPlace<P>[],
  { from, deadline }: { from: PlainDate; deadline: PlainDate },
): PlacedStage<P>[] {
  const even = evenStarts(stages.length, from, deadline);
  let ahead: PlainDate | null = null;
  return stages.map(({ id, startOn: chosen, plans }, index) => {
    const evenly = even[index] ?? from;
    const startOn: PlainDate = chosen ?? (ahead === null ? evenly : laterOf(evenly, addDays(ahead, 1)));
    const placed = plans.map((plan) => ({ plan, placements: placeSteps(plan.steps, plan.window, startOn) }));
    const endsOn = placed.reduce<PlainDate | null>((last, one) => latest(last, endOf(one)), null);
    const overlaps = ahead !== null && startOn <= ahead;
    ahead = latest(ahead, endsOn);
    return { id, startOn, endsOn, overlaps, plans: placed };
  });
}

function endOf({ plan, placements }: { plan: UnplacedPlan; placements: ReadonlyMap<string, Placement> }) {
  return [...placements].reduce<PlainDate | null>(
    (last, [key, { plannedOn }]) => (plan.has.has(key) ? last : latest(last, plannedOn)),
    plan.endsOn,
  );
}

function latest(a: PlainDate | null, b: PlainDate | null): PlainDate | null {
  return a === null ? b : b === null ? a : laterOf(a, b);
}
