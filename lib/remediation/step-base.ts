import type { BrokerSnapshot } from "@/lib/domain/broker";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { DoneCheck, PlanGoal, PlannedStep } from "@/lib/domain/plan";
import { NO_INTERRUPTION } from "@/lib/reference/interruptions";
import type { PriceList } from "@/lib/reference/prices";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import { NO_SNIPPETS, type SnippetBroker } from "@/lib/remediation/snippets";

/** A finding that is not closed, as planning needs it. */
export interface PlannedFinding {
  id: number;
  ruleId: string;
  discriminator: string;
  summary: string;
  evidence: Readonly<Record<string, unknown>>;
}

export interface PlanContext {
  today: PlainDate;
  calendar: SupportCalendar;
  prices: PriceList;
  /** Names of the registered applications that depend on the broker. */
  applications: readonly string[];
  /** Counts as production: its fail-over is worth a drill. */
  production: boolean;
  goal: PlanGoal;
}

/** What planning looks at of a broker. */
export type PlannedBroker = Pick<BrokerSnapshot, "arn" | "brokerId" | "region" | "attributes" | "facts">;

/** What the makers of steps share. */
export interface Planning {
  broker: PlannedBroker;
  findings: readonly PlannedFinding[];
  context: PlanContext;
}

export const GUIDE = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide";

/** A step with what most have: no interruption, no snippet, no cost, done when a person says so. */
export function step(
  own: Pick<PlannedStep, "key" | "kind" | "title" | "instructions" | "rollBack" | "effortHours"> & Partial<PlannedStep>,
): PlannedStep {
  return {
    inWindow: false,
    interruption: NO_INTERRUPTION,
    done: { kind: "attestation", statement: own.title },
    snippets: NO_SNIPPETS,
    dependsOn: [],
    cost: null,
    findingIds: [],
    source: null,
    ...own,
  };
}

export function observed(...checks: readonly [DoneCheck, ...DoneCheck[]]): PlannedStep["done"] {
  return { kind: "observed", checks };
}

export function brokerShows(
  fact: DoneCheck["fact"],
  comparison: DoneCheck["comparison"],
  value: DoneCheck["value"],
): DoneCheck {
  return { of: "broker", fact, comparison, value };
}

export function snippetBroker({ brokerId, arn, region, attributes }: PlannedBroker): SnippetBroker {
  return { brokerId, arn, region, name: attributes.name };
}

export function findingsOf(
  { findings }: Pick<Planning, "findings">,
  ...ruleIds: readonly string[]
): readonly PlannedFinding[] {
  return findings.filter(({ ruleId }) => ruleIds.includes(ruleId));
}

export function idsOf(findings: readonly PlannedFinding[]): readonly number[] {
  return findings.map(({ id }) => id);
}
