import type { ListQuery } from "@/lib/contracts/common";
import type { PlanDetail, PlanItem, PlanStepItem } from "@/lib/contracts/plans";
import { listPlans } from "@/lib/db/plan-queries";
import { stepRows } from "@/lib/db/plan-store";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { MonthlyAmount } from "@/lib/domain/plan";
import { planMarkdown } from "@/lib/remediation/plan-markdown";
import { planId } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { csvResponse } from "@/lib/services/read/csv";
import { everyPage } from "@/lib/services/read/every-page";
import { planItemOf } from "@/lib/services/read/plan-item";
import { readPlan } from "@/lib/services/read/read-plan";

const PLAN_HEADER = [
  "Plan",
  "Title",
  "State",
  "Broker",
  "Broker id",
  "Account",
  "Region",
  "Engine",
  "Engine version",
  "Environment",
  "Owner",
  "Steps done",
  "Steps",
  "Overdue steps",
  "Open findings",
  "Ends on",
  "Assignees",
  "Campaign",
  "Stage",
  "Created at",
  "Created by",
  "Updated at",
];

/** Exactly the plans that match, as CSV, in the order of the list; `limit` and `cursor` are ignored. Errors: invalid-input. */
export async function exportPlans({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<Response> {
  const now = ctx.clock.now();
  return plansCsv(`plans-${now.toISOString().slice(0, 10)}.csv`, allPlans(ctx, input));
}

/** All plans that match, page by page. Errors: invalid-input. */
export function allPlans(ctx: Ctx, input: ListQuery): AsyncGenerator<PlanItem[]> {
  const now = ctx.clock.now();
  const query = { ...input, now, today: plainDateFromInstantUtc(now) };
  return everyPage((page) => listPlans(ctx.db, { ...query, ...page }), planItemOf);
}

/** Plans as a CSV download. Errors: those of the first page. */
export function plansCsv(fileName: string, pages: AsyncGenerator<PlanItem[]>): Promise<Response> {
  return csvResponse(fileName, PLAN_HEADER, pages, planCells);
}

function planCells(p: PlanItem) {
  return [
    p.id,
    p.title,
    p.state,
    p.broker.name,
    p.broker.id,
    p.accountId,
    p.region,
    p.engine,
    p.engineVersion,
    p.environment,
    p.owner?.displayName,
    p.doneSteps,
    p.steps,
    p.overdueSteps,
    p.openFindings,
    p.endsOn,
    p.assignees.join("; "),
    p.campaign?.name,
    p.campaign?.stage,
    p.createdAt,
    p.createdBy,
    p.updatedAt,
  ];
}

const STEP_HEADER = [
  "Step",
  "Title",
  "Kind",
  "State",
  "Planned on",
  "Window (UTC)",
  "Window (its own time zone)",
  "Overdue",
  "Assignee",
  "Effort (hours)",
  "Depends on",
  "Reboots",
  "Minutes from",
  "Minutes to",
  "Effect",
  "Done when",
  "Observed or attested",
  "Done at",
  "Done by",
  "Note",
  "List price per month before",
  "List price per month after",
  "List price per month of both",
  "Currency",
  "Way back",
  "AWS CLI",
  "Terraform",
  "CloudFormation",
  "Findings",
];

/** The steps of a plan as CSV. Errors: not-found. */
export async function exportPlanCsv({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<Response> {
  const { steps, plan } = await readPlan({ ctx, input });
  const numberOf = new Map(steps.map(({ key }, index) => [key, index + 1]));
  const amount = (value: MonthlyAmount | null | undefined) => (value ? (value.known ? value.amount : "unknown") : null);
  async function* pages() {
    yield steps.map((step, index) => [
      index + 1,
      step.title,
      step.kind,
      step.state,
      step.plannedOn,
      step.windowAt,
      step.windowLocal,
      step.overdue,
      step.assignee,
      step.effortHours,
      step.dependsOn.flatMap((key) => numberOf.get(key) ?? []).join(" "),
      step.interruption.reboots,
      step.interruption.minutes?.from,
      step.interruption.minutes?.to,
      step.interruption.effect,
      step.doneWhen,
      step.doneKind,
      step.doneAt,
      step.doneBy,
      step.doneNote,
      amount(step.cost?.before),
      amount(step.cost?.after),
      amount(step.cost?.parallel),
      currencyOf(step),
      step.rollBack,
      step.snippets.awsCli,
      step.snippets.terraform,
      step.snippets.cloudFormation,
      step.findingIds.join(" "),
    ]);
  }
  return csvResponse(`plan-${plan.id}.csv`, STEP_HEADER, pages(), (cells) => cells);
}

function currencyOf({ cost }: PlanStepItem): string | null {
  const known = [cost?.before, cost?.after, cost?.parallel].find((amount) => amount?.known);
  return known?.known ? known.currency : null;
}

/** A plan as a Markdown download. Errors: not-found. */
export async function exportPlanMarkdown({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<Response> {
  const detail = await readPlan({ ctx, input });
  const specs = new Map((await stepRows(ctx.db, planId(input.id))).map(({ id, spec }) => [id, spec]));
  const { plan, steps } = detail;
  const text = planMarkdown({
    title: plan.title,
    state: plan.state,
    broker: { ...plan.broker, account: plan.accountId, region: plan.region },
    note: detail.note,
    notes: detail.notes,
    asOf: detail.asOf,
    progress: `${plan.doneSteps} of ${plan.steps} steps done, ${plan.overdueSteps} overdue.`,
    findings: detail.findings,
    steps: steps.flatMap((step) => {
      const spec = specs.get(step.id);
      return spec ? [{ ...spec, ...stateOf(step), plannedText: plannedText(step, detail) }] : [];
    }),
  });
  return new Response(text, {
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="plan-${plan.id}.md"`,
      "cache-control": "no-store",
    },
  });
}

function stateOf({ state, assignee, doneAt, doneBy, doneBasis, doneNote }: PlanStepItem) {
  return { state, assignee, doneAt, doneBy, doneBasis, doneNote };
}

function plannedText({ windowAt, windowLocal, plannedOn }: PlanStepItem, { windows }: PlanDetail): string {
  if (windowAt)
    return `${windowAt.slice(0, 16).replace("T", " ")} UTC${windowLocal ? ` (${windowLocal} ${windows.timeZone ?? ""})` : ""}, maintenance window`;
  return plannedOn ?? "no date";
}
