export const PLAN_STATES = ["active", "completed", "cancelled"] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** `skipped`: a person says, with a reason, that it is not needed. */
export const STEP_STATES = ["open", "done", "skipped"] as const;
export type StepState = (typeof STEP_STATES)[number];

/** `observed`: a sync saw it in AWS. `attested`: a person vouches for it with name and date. */
export const DONE_BASES = ["observed", "attested"] as const;
export type DoneBasis = (typeof DONE_BASES)[number];

/** Facts of a broker by which a step can be seen to be done. `rule:<id>` is what the last evaluation said of a rule. */
export type CheckedFact =
  | "presence"
  | "state"
  | "autoMinorVersionUpgrade"
  | "engineVersion"
  | "engineLine"
  | "instanceType"
  | "instanceFamily"
  | "deploymentMode"
  | "storageType"
  | "publiclyAccessible"
  | "customerManagedKey"
  | "generalLogs"
  | "auditLogs"
  | "maintenanceWindow"
  | "configurationRevision"
  | "appliedConfigurationRevision"
  | "pendingChanges"
  | "actionCodes"
  | "tagKeys"
  | `rule:${string}`;

export type CheckedValue = string | number | boolean | readonly string[];

/** One thing that AWS must show: `fact comparison value`, of the broker itself or of the one that is confirmed to replace it. */
export interface DoneCheck {
  of: "broker" | "replacement";
  fact: CheckedFact;
  comparison: "equals" | "at-least" | "differs" | "holds-all" | "lacks";
  value: CheckedValue;
}

/** When a step is done. An attestation is never ticked by the product. */
export type DoneCondition =
  | { kind: "observed"; checks: readonly [DoneCheck, ...DoneCheck[]] }
  | { kind: "attestation"; statement: string };

/** What a step does to those who use the broker, and where that is known from. */
export interface Interruption {
  reboots: boolean;
  /** How long the change takes; null where nobody says. */
  minutes: { from: number; to: number } | null;
  /** What that means for the deployment mode. */
  effect: string;
  source: string;
  /** Whether the source itself says so. */
  verified: boolean;
}

/** An amount per month from list prices, never billed cost; unknown is unknown. */
export type MonthlyAmount =
  | { known: true; amount: string; currency: string; priceListOf: string }
  | { known: false; reason: string };

/** Cost of the broker per month before and after a step, and of both brokers where they run side by side (else null). */
export interface StepCost {
  before: MonthlyAmount;
  after: MonthlyAmount;
  parallel: MonthlyAmount | null;
}

export interface StepSnippets {
  awsCli: string | null;
  terraform: string | null;
  cloudFormation: string | null;
}

export type StepKind =
  | "setting"
  | "client-test"
  | "condition"
  | "version-hop"
  | "patch"
  | "instance-change"
  | "configuration"
  | "reboot"
  | "ownership"
  | "task"
  | "replacement"
  | "fail-over-string"
  | "drill"
  | "manual";

/** One step of a plan as it was generated. */
export interface PlannedStep {
  /** Names it within its plan, and stays the same when the plan is generated anew. */
  key: string;
  kind: StepKind;
  title: string;
  instructions: string;
  /** Belongs into a maintenance window of the broker. */
  inWindow: boolean;
  interruption: Interruption;
  /** Hours of work; an estimate of the product that people change. */
  effortHours: number;
  done: DoneCondition;
  snippets: StepSnippets;
  rollBack: string;
  /** Keys of steps that come before. */
  dependsOn: readonly string[];
  /** Null: it changes no cost. */
  cost: StepCost | null;
  /** Ids of the findings that it puts right, or helps to. */
  findingIds: readonly number[];
  source: string | null;
}

/** Where the broker of a plan should end, where a person chose so. */
export interface PlanGoal {
  /** Engine line, e.g. 4.2. */
  toLine?: string;
}
