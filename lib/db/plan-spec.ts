import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { CheckedFact, DoneCheck, DoneCondition, PlanGoal, PlannedStep, StepCost } from "@/lib/domain/plan";

const FACTS = [
  "presence",
  "state",
  "autoMinorVersionUpgrade",
  "engineVersion",
  "engineLine",
  "instanceType",
  "instanceFamily",
  "deploymentMode",
  "storageType",
  "publiclyAccessible",
  "customerManagedKey",
  "generalLogs",
  "auditLogs",
  "maintenanceWindow",
  "configurationRevision",
  "appliedConfigurationRevision",
  "pendingChanges",
  "actionCodes",
  "tagKeys",
] as const satisfies readonly CheckedFact[];

function isFact(text: string): text is CheckedFact {
  return text.startsWith("rule:") || FACTS.some((fact) => fact === text);
}

const check: z.ZodType<DoneCheck> = z.object({
  of: z.enum(["broker", "replacement"]),
  fact: z.string().refine(isFact),
  comparison: z.enum(["equals", "at-least", "differs", "holds-all", "lacks"]),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
});
const amount = z.discriminatedUnion("known", [
  z.object({ known: z.literal(true), amount: z.string(), currency: z.string(), priceListOf: z.string() }),
  z.object({ known: z.literal(false), reason: z.string() }),
]);
const stepCost = z.object({ before: amount, after: amount, parallel: amount.nullable() });
const snippet = z.string().nullable();

const doneCondition: z.ZodType<DoneCondition> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("observed"), checks: z.tuple([check], check) }),
  z.object({ kind: z.literal("attestation"), statement: z.string() }),
]);

/** A step as its JSON column holds it: checked when the row is read. */
const spec: z.ZodType<PlannedStep> = z.object({
  key: z.string(),
  kind: z.enum([
    "setting",
    "client-test",
    "condition",
    "version-hop",
    "patch",
    "instance-change",
    "configuration",
    "reboot",
    "ownership",
    "task",
    "replacement",
    "fail-over-string",
    "drill",
    "manual",
  ]),
  title: z.string(),
  instructions: z.string(),
  inWindow: z.boolean(),
  interruption: z.object({
    reboots: z.boolean(),
    minutes: z.object({ from: z.number(), to: z.number() }).nullable(),
    effect: z.string(),
    source: z.string(),
    verified: z.boolean(),
  }),
  effortHours: z.number(),
  done: doneCondition,
  snippets: z.object({ awsCli: snippet, terraform: snippet, cloudFormation: snippet }),
  rollBack: z.string(),
  dependsOn: z.array(z.string()),
  cost: stepCost.nullable(),
  findingIds: z.array(z.number()),
  source: z.string().nullable(),
});
const goal = z.object({ toLine: z.string().optional() });

/** Errors: internal for a column that this version did not write. */
export function parseStepSpec(value: unknown): PlannedStep {
  const parsed = spec.safeParse(value);
  if (!parsed.success) throw new AppError("internal", "a stored step of a plan is not one", { cause: parsed.error });
  return parsed.data;
}

/** Errors: internal for a column that this version did not write. */
export function parseDoneCondition(value: unknown): DoneCondition {
  const parsed = doneCondition.safeParse(value);
  if (!parsed.success)
    throw new AppError("internal", "a stored condition of a step is not one", { cause: parsed.error });
  return parsed.data;
}

/** What a step costs; null for one that changes nothing. Errors: internal for a column that this version did not write. */
export function parseStepCost(value: unknown): StepCost | null {
  const parsed = stepCost.nullable().safeParse(value);
  if (!parsed.success) throw new AppError("internal", "a stored cost of a step is not one", { cause: parsed.error });
  return parsed.data;
}

export function parsePlanGoal(value: unknown): PlanGoal {
  const parsed = goal.safeParse(value);
  return parsed.success ? parsed.data : {};
}
