import type { ListQuery } from "@/lib/contracts/common";
import { type ActivePlan, activePlansOf, type ChosenFinding, chosenFindings } from "@/lib/db/campaign-queries";
import type { Database } from "@/lib/db/client";
import { filteredFindingIds } from "@/lib/db/finding-queries";
import { type PlanBrokerRow, type PlanFindingRow, planBrokers, planFindings } from "@/lib/db/plan-store";
import { CAMPAIGN_STAGE_IDS, type CampaignStageId } from "@/lib/domain/campaign";
import { AppError } from "@/lib/domain/errors";
import { addDays, isPlainDate, type PlainDate } from "@/lib/domain/plain-date";
import { stageOf } from "@/lib/remediation/campaign";
import { type PlacedStage, placeCampaign, type UnplacedPlan } from "@/lib/remediation/place-campaign";
import type { Ctx } from "@/lib/services/ctx";
import { mayActFor, NOT_YOURS } from "@/lib/services/owner-scope";
import { canBePlanned, generateSteps, loadPlanBasis, type PlanBasis } from "@/lib/services/plan-basis";
import { findingListInput } from "@/lib/services/read/read-findings";

/** Findings and brokers that one campaign may be made of; more are split by a narrower filter. */
const MAX_FINDINGS = 5_000;
const MAX_BROKERS = 1_000;
const DEFAULT_DAYS = 90;
const NO_STEP = "No step would come of it: nothing is to be done that the product knows.";

export interface DraftInput {
  query: ListQuery;
  ids?: readonly number[];
  deadline?: string;
  stages: readonly { id: CampaignStageId; startOn: string }[];
  takePlans: boolean;
}

/** A plan that would belong to the campaign. */
export interface DraftPlan extends UnplacedPlan {
  stage: CampaignStageId;
  broker: PlanBrokerRow;
  /** Findings that it takes on. */
  findings: readonly PlanFindingRow[];
  /** Open findings that a plan taken in has already. */
  linked: readonly PlanFindingRow[];
  notes: readonly string[];
  /** The active plan of the broker that would be taken in; null: a new one is made. */
  taken: ActivePlan | null;
}

export interface CampaignDraft {
  basis: PlanBasis;
  deadline: PlainDate;
  /** Findings that filter and selection hold. */
  matched: number;
  /** Those that no plan takes on, by the sentence that says why. */
  refused: ReadonlyMap<string, readonly { id: number; summary: string }[]>;
  stages: readonly PlacedStage<DraftPlan>[];
  /** Active plans of the brokers that can be taken in, whether or not they would be. */
  withPlan: readonly { plan: ActivePlan; broker: PlanBrokerRow }[];
}

/**
 * The campaign that filtered findings would make: a plan for each broker, stage by stage, its steps in the broker's own maintenance windows. Writes nothing.
 * Errors: invalid-input for too many findings or brokers and for days that are out of order; forbidden where none of the findings is about a broker of one's own.
 */
export async function draftCampaign(db: Database, ctx: Ctx, input: DraftInput): Promise<CampaignDraft> {
  const now = ctx.clock.now();
  const basis = await loadPlanBasis(db, now);
  const { deadline, starts } = daysOf(input, basis.today);
  const listed = findingListInput(input.query, now);
  const ids = await filteredFindingIds(db, listed, input.ids ?? null, MAX_FINDINGS + 1);
  if (ids.length > MAX_FINDINGS)
    throw new AppError("invalid-input", `More than ${MAX_FINDINGS} findings match; narrow the filter.`);
  const findings = await chosenFindings(db, ids);
  const brokerIds = [...new Set(findings.flatMap(({ brokerId }) => brokerId ?? []))];
  if (brokerIds.length > MAX_BROKERS)
    throw new AppError("invalid-input", `The findings are about more than ${MAX_BROKERS} brokers; narrow the filter.`);
  const [brokers, active] = await Promise.all([planBrokers(db, brokerIds), activePlansOf(db, brokerIds)]);
  const brokerOf = new Map(brokers.map((broker) => [broker.id, broker]));
  const activeOf = new Map(active.map((plan) => [plan.brokerId, plan]));
  const taken = input.takePlans ? active.filter(({ campaign }) => campaign === null) : [];
  const linkedOf = await linkedFindings(db, taken);

  const refused = new Map<string, { id: number; summary: string }[]>();
  const refuse = (reason: string, { id, summary }: Pick<ChosenFinding, "id" | "summary">): void => {
    refused.set(reason, [...(refused.get(reason) ?? []), { id, summary }]);
  };
  const wanted = new Map<PlanBrokerRow, PlanFindingRow[]>();
  const withPlan = new Map<number, { plan: ActivePlan; broker: PlanBrokerRow }>();
  for (const finding of findings) {
    const { brokerId } = finding;
    const broker = brokerId === null ? undefined : brokerOf.get(brokerId);
    const reason = refusalOf(ctx, finding, broker);
    if (reason !== null || !broker || brokerId === null) {
      refuse(reason ?? "It is not about a broker.", finding);
      continue;
    }
    const plan = activeOf.get(brokerId);
    if (plan && plan.campaign === null) withPlan.set(plan.id, { plan, broker });
    if (plan?.campaign) refuse(`The plan of its broker belongs to the campaign "${plan.campaign}".`, finding);
    else if (plan && !input.takePlans) refuse("Its broker has an active plan, which is not taken in.", finding);
    else wanted.set(broker, [...(wanted.get(broker) ?? []), { ...finding, brokerId }]);
  }
  if (findings.length > 0 && refused.get(NOT_YOURS)?.length === findings.length)
    throw new AppError("forbidden", NOT_YOURS);

  const plans = [...wanted].flatMap(([broker, own]): DraftPlan[] => {
    const plan = activeOf.get(broker.id) ?? null;
    const linked = plan ? (linkedOf.get(plan.id) ?? []) : [];
    const made = draftPlan(basis, { broker, own, linked, taken: plan }, refuse);
    return made ? [made] : [];
  });
  const stages = CAMPAIGN_STAGE_IDS.flatMap((id) => {
    const inIt = plans.filter(({ stage }) => stage === id);
    return inIt.length > 0 ? [{ id, startOn: starts.get(id) ?? null, plans: inIt }] : [];
  });
  return {
    basis,
    deadline,
    matched: findings.length,
    refused,
    stages: placeCampaign(stages, { from: basis.today, deadline }),
    withPlan: [...withPlan.values()],
  };
}

function daysOf(
  { deadline, stages }: DraftInput,
  today: PlainDate,
): { deadline: PlainDate; starts: ReadonlyMap<CampaignStageId, PlainDate> } {
  const end = deadline !== undefined && isPlainDate(deadline) ? deadline : addDays(today, DEFAULT_DAYS);
  const invalid = (field: string, message: string) => new AppError("invalid-input", message, { details: { field } });
  if (end <= today) throw invalid("deadline", "The deadline is not after today.");
  const starts = new Map<CampaignStageId, PlainDate>();
  let last = today;
  for (const id of CAMPAIGN_STAGE_IDS) {
    const startOn = stages.find((stage) => stage.id === id)?.startOn;
    if (startOn === undefined || !isPlainDate(startOn)) continue;
    if (startOn < today) throw invalid("stages", "A stage begins before today.");
    if (startOn > end) throw invalid("stages", "A stage begins after the deadline.");
    if (startOn < last) throw invalid("stages", "A stage begins before the stage ahead of it.");
    starts.set(id, startOn);
    last = startOn;
  }
  return { deadline: end, starts };
}

async function linkedFindings(
  db: Database,
  plans: readonly ActivePlan[],
): Promise<ReadonlyMap<number, PlanFindingRow[]>> {
  const linked = new Map<number, PlanFindingRow[]>();
  if (plans.length === 0) return linked;
  const ids = new Set(plans.map(({ id }) => id));
  for (const finding of await planFindings(
    db,
    plans.map(({ brokerId }) => brokerId),
  )) {
    if (finding.planId === null || !ids.has(finding.planId) || finding.state === "closed") continue;
    linked.set(finding.planId, [...(linked.get(finding.planId) ?? []), finding]);
  }
  return linked;
}

/** Why a finding cannot be planned at all; null where it can. */
function refusalOf(ctx: Ctx, finding: ChosenFinding, broker: PlanBrokerRow | undefined): string | null {
  if (!broker) return "It is not about a broker.";
  if (!mayActFor(ctx.actor, "campaigns:write", broker.ownerId)) return NOT_YOURS;
  if (broker.goneAt) return "Its broker is gone.";
  return canBePlanned(finding)
    ? null
    : `It is ${finding.state.replace("-", " ")}: a plan takes what is to be worked on.`;
}

function draftPlan(
  basis: PlanBasis,
  {
    broker,
    own,
    linked,
    taken,
  }: {
    broker: PlanBrokerRow;
    own: readonly PlanFindingRow[];
    linked: readonly PlanFindingRow[];
    taken: ActivePlan | null;
  },
  refuse: (reason: string, finding: PlanFindingRow) => void,
): DraftPlan | null {
  const known = new Set(linked.map(({ id }) => id));
  const generate = (findings: readonly PlanFindingRow[]) =>
    generateSteps(basis.planningOf(broker, [...linked, ...findings.filter(({ id }) => !known.has(id))], {}));
  let generated = generate(own);
  const covered = new Set(generated.steps.flatMap(({ findingIds }) => findingIds));
  const findings = own.filter((finding) => {
    if (known.has(finding.id) || covered.has(finding.id)) return true;
    refuse(generated.without.get(finding.id) ?? NO_STEP, finding);
    return false;
  });
  if (findings.length === 0) return null;
  if (findings.length < own.length) generated = generate(findings);
  return {
    stage: stageOf(broker),
    broker,
    findings,
    linked,
    steps: generated.steps,
    notes: generated.notes,
    window: broker.attributes.maintenanceWindow,
    has: new Set(taken?.stepKeys),
    endsOn: taken?.endsOn ?? null,
    taken,
  };
}
