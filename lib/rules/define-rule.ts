import type { BrokerAttribute, BrokerSnapshot, ObservedAttributes } from "@/lib/domain/broker";
import type { BrokerFact, BrokerFacts } from "@/lib/domain/broker-facts";
import type { KnownEngine } from "@/lib/domain/engine-version";
import type { ClassifiedEnvironment } from "@/lib/domain/environment";
import type { Severity } from "@/lib/domain/finding";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { AdvisoryBook } from "@/lib/reference/advisories";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import type { RulePolicy } from "@/lib/rules/policy";
import type { Json } from "@/lib/rules/stable-hash";

export type RuleCategory = "life-cycle" | "availability" | "security" | "operations" | "ownership";

/** One thing wrong. `discriminator` is empty unless a rule can fail several times on one subject (advisory id, action code). */
export interface RuleFailure {
  discriminator: string;
  /** A plain sentence that a person reads first, with the values in it. */
  summary: string;
  /**
   * The observed values and the reference facts that the failure rests on; JSON. Nothing that changes with the clock alone (days left belong
   * into the summary): a changed evidence is an event. A number under `grade` rises as things get worse within one severity, and reopens
   * an accepted finding when it does.
   */
  evidence: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** Where it differs from the rule's own. */
  severity?: Severity;
  /** Nobody can put it right on Amazon MQ: the finding asks for mitigation and stands outside the SLA. */
  outsideSla?: boolean;
}

export type RuleOutcome =
  | { kind: "pass"; summary: string }
  | { kind: "fail"; failures: readonly [RuleFailure, ...RuleFailure[]]; undecided?: readonly string[] }
  | { kind: "not-applicable"; reason: string }
  /**
   * `undecided` (here and above): the discriminators about which nothing can be said; all others that do not fail pass. Without it an unknown
   * outcome leaves every discriminator unknown, and a failing one lets all others pass.
   */
  | { kind: "unknown"; reason: string; undecided?: readonly string[] };

export type OutcomeKind = RuleOutcome["kind"];

export const pass = (summary: string): RuleOutcome => ({ kind: "pass", summary });
export const notApplicable = (reason: string): RuleOutcome => ({ kind: "not-applicable", reason });
export const unknown = (reason: string): RuleOutcome => ({ kind: "unknown", reason });
export const fail = (summary: string, evidence: RuleFailure["evidence"], severity?: Severity): RuleOutcome => ({
  kind: "fail",
  failures: [{ discriminator: "", summary, evidence, severity }],
});

/** What a rule may look at. `broker.attributes` holds every attribute of `needs` for certain. */
export interface RuleContext {
  /** Business instant of the evaluation, and its UTC day. */
  now: Date;
  today: PlainDate;
  calendar: SupportCalendar;
  advisories: AdvisoryBook;
  policy: RulePolicy;
}

/** What a rule can need: an attribute of DescribeBroker, or a fact of another source. */
export type RuleNeed = BrokerAttribute | BrokerFact;

export type With<N extends RuleNeed> = BrokerSnapshot & {
  attributes: ObservedAttributes & Required<Pick<ObservedAttributes, Extract<N, BrokerAttribute>>>;
  facts: Partial<BrokerFacts> & Required<Pick<BrokerFacts, Extract<N, BrokerFact>>>;
};

export interface RuleExample {
  title: string;
  /** Overrides of the default example broker (lib/testing/build-broker.ts) and of the day. */
  attributes?: Partial<ObservedAttributes>;
  /** Overrides of the facts of other sources. */
  facts?: Partial<BrokerFacts>;
  /** Attributes and facts that were never observed in this example. */
  withhold?: readonly RuleNeed[];
  accountDefaultEnvironment?: ClassifiedEnvironment;
  accountDefaultOwner?: string;
  /** An owner assigned in the product. */
  assignedOwner?: string;
  today?: string;
  /** Settings that differ from their defaults. */
  policy?: Partial<Pick<RulePolicy, "requiredTagKeys" | "unclassifiedAsProduction">>;
  expect: OutcomeKind;
}

export interface RuleReference {
  /** aws | seed | security-hub | config | prowler | checkov | trivy | conformity | trusted-advisor | control-tower | powerpipe | other */
  kind: string;
  id: string;
  url?: string;
}

export interface Rule<N extends RuleNeed = RuleNeed> {
  /** The desired state; file name and database value; never reused. */
  id: string;
  /** Bumped when the meaning changes (and noted in CHANGELOG.md). */
  version: number;
  title: string;
  severity: Severity;
  category: RuleCategory;
  rationale: string;
  remediation: string;
  references: readonly RuleReference[];
  needs: readonly N[];
  /**
   * The attributes whose change can put things right. A pass counts as remediation only when one of them was observed to change since the
   * failure; what merely decides whether the rule applies (the environment of an availability rule) is needed, not judged.
   */
  judges: readonly N[];
  /** What of the judged attributes one discriminator rests on, where that is not all of them. */
  judged?(broker: With<N>, discriminator: string): Json;
  /** The one engine the rule speaks of, and why it does not apply to the others; without it it speaks of every engine. */
  engine?: { only: KnownEngine; otherwise: string };
  /** Whether replicas of cross-region replication are judged; else the reason why the rule does not apply to them. */
  replicas: "judged" | { notApplicable: string };
  /**
   * What else the outcome rests on: reference rows, classification. Hashed with version and policy; tells why an outcome changed
   * although the broker did not. Must not contain what changes with the clock alone.
   */
  basis?(broker: With<N>, context: RuleContext): Json;
  /** At least one each of pass and fail, and of the others as far as they exist. */
  examples: readonly RuleExample[];
  evaluate(broker: With<N>, context: RuleContext): RuleOutcome;
}

/** Declares a rule; types `evaluate` so that every attribute of `needs` is there. */
export function defineRule<const N extends RuleNeed>(rule: Rule<N>): Rule {
  // The engine (evaluate.ts) has checked `needs` before it calls evaluate.
  return rule as unknown as Rule;
}
