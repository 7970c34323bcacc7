import { z } from "zod";
import { day, decimalText, freshness, instant, listQueryOf, ownerRef, pageOf } from "@/lib/contracts/common";
import { CAMPAIGN_STAGE_IDS } from "@/lib/domain/campaign";
import { DONE_BASES, PLAN_STATES, STEP_STATES } from "@/lib/domain/plan";

const monthlyAmount = z
  .discriminatedUnion("known", [
    z.object({ known: z.literal(true), amount: decimalText, currency: z.string(), priceListOf: day }),
    z.object({ known: z.literal(false), reason: z.string() }),
  ])
  .meta({
    id: "MonthlyListPrice",
    description: "List price of the instances per month; never billed cost, unknown is unknown",
  });
const stepCost = z.object({ before: monthlyAmount, after: monthlyAmount, parallel: monthlyAmount.nullable() });
const broker = z.object({ id: z.string(), name: z.string() });

export const planItem = z
  .object({
    id: z.number().int(),
    title: z.string(),
    state: z.enum(PLAN_STATES),
    broker,
    accountId: z.string(),
    region: z.string(),
    engine: z.string(),
    engineVersion: z.string().nullable(),
    environment: z.string(),
    owner: ownerRef.nullable(),
    /** Steps that are done, of those that are not skipped. */
    doneSteps: z.number().int(),
    steps: z.number().int(),
    overdueSteps: z.number().int(),
    /** Linked findings that are not closed. */
    openFindings: z.number().int(),
    /** Day of the last step that is not done. */
    endsOn: day.nullable(),
    assignees: z.array(z.string()),
    campaign: z.object({ id: z.number().int(), name: z.string(), stage: z.enum(CAMPAIGN_STAGE_IDS) }).nullable(),
    createdAt: instant,
    createdBy: z.string(),
    updatedAt: instant,
  })
  .meta({ id: "PlanItem" });
export type PlanItem = z.infer<typeof planItem>;

export const PLAN_PROPERTIES = [
  "title",
  "state",
  "broker",
  "brokerId",
  "account",
  "region",
  "engine",
  "environment",
  "owner",
  "assignee",
  "overdue",
  "campaign",
  "stage",
  "endsOn",
  "createdAt",
  "updatedAt",
] as const;
const NO_ORDER: readonly string[] = ["overdue", "assignee", "campaign"];
export const PLAN_SORTS = PLAN_PROPERTIES.filter((property) => !NO_ORDER.includes(property));
/** By default plans that are active; any `state` or `campaign` filter shows others. */
export const planListQuery = listQueryOf(PLAN_PROPERTIES, PLAN_SORTS);
export const planPage = pageOf(planItem).meta({ id: "PlanPage" });
export type PlanPage = z.infer<typeof planPage>;

const snippets = z.object({
  awsCli: z.string().nullable(),
  terraform: z.string().nullable(),
  cloudFormation: z.string().nullable(),
});
const interruption = z.object({
  reboots: z.boolean(),
  minutes: z.object({ from: z.number(), to: z.number() }).nullable(),
  effect: z.string(),
  source: z.string(),
  verified: z.boolean(),
});
const stepText = {
  key: z.string(),
  kind: z.string(),
  title: z.string(),
  instructions: z.string(),
  inWindow: z.boolean(),
  interruption,
  effortHours: z.number(),
  /** observed: a sync sees it in AWS; attestation: a person vouches for it. */
  doneKind: z.enum(["observed", "attestation"]),
  doneWhen: z.string(),
  snippets,
  rollBack: z.string(),
  dependsOn: z.array(z.string()),
  cost: stepCost.nullable(),
  findingIds: z.array(z.number().int()),
  source: z.string().nullable(),
  plannedOn: day.nullable(),
  windowAt: instant.nullable(),
  /** The window's begin as the clocks of its own time zone show it. */
  windowLocal: z.string().nullable(),
};
export const planStep = z
  .object({
    ...stepText,
    id: z.number().int(),
    state: z.enum(STEP_STATES),
    overdue: z.boolean(),
    /** Titles of open steps that come before. */
    waitingFor: z.array(z.string()),
    assignee: z.string().nullable(),
    doneAt: instant.nullable(),
    doneBy: z.string().nullable(),
    doneBasis: z.enum(DONE_BASES).nullable(),
    doneNote: z.string().nullable(),
    /** What the last sync shows of each thing that has to be observed; met null: not known. */
    checks: z.array(z.object({ text: z.string(), met: z.boolean().nullable(), observed: z.string().nullable() })),
  })
  .meta({ id: "PlanStep" });
export type PlanStepItem = z.infer<typeof planStep>;

const windows = z.object({
  /** As AWS has it, e.g. SUNDAY 03:00 Europe/Berlin; null where it was never observed. */
  text: z.string().nullable(),
  timeZone: z.string().nullable(),
  /** Why windows cannot be computed. */
  problem: z.string().nullable(),
  next: z.array(z.object({ at: instant, local: z.string() })),
});

export const planDetail = z
  .object({
    plan: planItem,
    note: z.string(),
    /** What could not be planned. */
    notes: z.array(z.string()),
    toLine: z.string().nullable(),
    completedAt: instant.nullable(),
    cancelledAt: instant.nullable(),
    cancelReason: z.string().nullable(),
    steps: z.array(planStep),
    /** Of the whole plan: before its first and after its last step. Null: it changes no cost. */
    cost: stepCost.nullable(),
    windows,
    findings: z.array(
      z.object({
        id: z.number().int(),
        summary: z.string(),
        severity: z.string(),
        state: z.string(),
        closeCause: z.string().nullable(),
      }),
    ),
    /** Open findings of the broker that the plan does not have yet. */
    others: z.array(z.object({ id: z.number().int(), summary: z.string(), severity: z.string() })),
    /** The broker confirmed to replace the plan's, and what AWS shows different between the two. */
    replacement: z
      .object({
        broker,
        confirmedBy: z.string(),
        differences: z.array(z.object({ fact: z.string(), before: z.string(), after: z.string() })),
      })
      .nullable(),
    events: z.array(
      z.object({
        at: instant,
        actor: z.string(),
        kind: z.string(),
        step: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    /** Why the person who asks may not change it; null where he may. */
    refusal: z.string().nullable(),
    asOf: instant,
    freshness,
  })
  .meta({ id: "PlanDetail" });
export type PlanDetail = z.infer<typeof planDetail>;

const line = z
  .string()
  .regex(/^\d{1,4}\.\d{1,4}$/, "An engine line, for example 4.2.")
  .meta({ description: "Engine line to end on; without it the nearest that puts the findings right" });
const text = (most: number) => z.string().trim().max(most);
const someText = (most: number, message = "Write something.") => text(most).min(1, message);

export const planInput = z
  .object({
    brokerId: z.string().min(1).max(200),
    findingIds: z
      .array(z.number().int())
      .max(500)
      .optional()
      .meta({ description: "Findings of the broker; without it all that are not closed, decided or asked about" }),
    title: text(200).optional(),
    toLine: line.optional(),
    startOn: day.optional().meta({ description: "Default: today" }),
  })
  .meta({ id: "PlanInput" });

/** A plan as it would be made. */
export const planPreview = z
  .object({
    title: z.string(),
    broker,
    steps: z.array(z.object(stepText)),
    notes: z.array(z.string()),
    findingIds: z.array(z.number().int()),
    cost: stepCost.nullable(),
    windows,
    /** Lines that hops lead to from the running one. */
    lines: z.array(z.string()),
    /** The active plan of the broker; findings can be added to it. */
    activePlanId: z.number().int().nullable(),
  })
  .meta({ id: "PlanPreview" });
export type PlanPreview = z.infer<typeof planPreview>;

export const planCreated = z.object({ id: z.number().int() }).meta({ id: "PlanCreated" });
export const planChange = z
  .object({ title: someText(200, "Give it a title.").optional(), note: text(4000).optional() })
  .meta({ id: "PlanChange" });
export const planCancellation = z.object({ reason: someText(1000, "Say why.") }).meta({ id: "PlanCancellation" });
export const planFindings = z
  .object({
    link: z.array(z.number().int()).max(500).default([]),
    unlink: z.array(z.number().int()).max(500).default([]),
  })
  .meta({ id: "PlanFindings" });
export const planStepInput = z
  .object({
    title: someText(200, "Give it a title."),
    instructions: text(4000).default(""),
    rollBack: text(2000).default(""),
    effortHours: z.number().min(0).max(1000).default(1),
    plannedOn: day.nullable().default(null),
    assignee: text(120).nullable().default(null),
  })
  .meta({ id: "PlanStepInput" });
export const planStepChange = z
  .object({
    title: someText(200, "Give it a title.").optional(),
    effortHours: z.number().min(0).max(1000).optional(),
    assignee: text(120).nullable().optional(),
    plannedOn: day.nullable().optional().meta({ description: "A day outside the maintenance windows" }),
    windowAt: instant.optional().meta({ description: "The begin of one of the broker's maintenance windows" }),
  })
  .refine(({ plannedOn, windowAt }) => plannedOn === undefined || windowAt === undefined, {
    path: ["plannedOn"],
    message: "Either a day or a window.",
  })
  .meta({ id: "PlanStepChange" });
export const stepAttestation = z
  .object({ note: someText(2000, "Say what you vouch for, and how you know.") })
  .meta({ id: "StepAttestation" });
export const stepSkip = z.object({ reason: someText(1000, "Say why.") }).meta({ id: "StepSkip" });
export const stepReopening = z.object({ reason: someText(1000, "Say why.") }).meta({ id: "StepReopening" });
