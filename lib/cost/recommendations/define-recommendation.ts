import type { ObservedAttributes } from "@/lib/domain/broker";
import type { EnvironmentClassification } from "@/lib/domain/environment";
import type { Decimal } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { RecommendationDetail, RecommendationKind, RecommendationNature } from "@/lib/domain/recommendation";
import type { PriceList } from "@/lib/reference/prices";

/** One metric of a broker over the evidence window, from its stored daily values. */
export interface WindowMetric {
  /** Largest daily value of any instance. */
  readonly peak: number;
  /** Smallest daily value of any instance. */
  readonly low: number;
  /** Mean of the daily values, of the instance where it is highest. */
  readonly mean: number;
  /** Days with a value. */
  readonly days: number;
}

/** A broker as recommendations look at it. Immutable; nothing reads a clock. */
export interface RecommendationSubject {
  readonly region: string;
  readonly attributes: Pick<
    ObservedAttributes,
    "name" | "state" | "engine" | "engineVersion" | "deploymentMode" | "instanceType" | "storageType" | "storageSizeGb"
  >;
  readonly environment: Pick<EnvironmentClassification, "environment" | "source" | "countsAsProduction">;
  /** Last seen more than three days ago: nothing is said about it. */
  readonly stale: boolean;
  readonly gone: boolean;
  /** Day of its creation as AWS tells it, else the day it was first seen. */
  readonly existsSince: PlainDate;
  /** Takes part in cross-region data replication, on either side. */
  readonly replicated: boolean;
  /** Joined to others by a network of brokers; null when its configuration was not read. */
  readonly meshMember: boolean | null;
  /** Day on which its instance type changed within the window. */
  readonly instanceTypeChangedOn: PlainDate | null;
  /** An instance type that AWS will apply with the next reboot. */
  readonly pendingInstanceType: string | null;
  readonly metrics: ReadonlyMap<string, WindowMetric>;
  /** Run rate of its billed costs; basis: billed, allocated or ambiguous. */
  readonly billed: { readonly amount: Decimal; readonly currency: string; readonly basis: string } | null;
}

/** An instance type and storage type that AWS offers live in a region. */
export interface LiveInstanceOption {
  readonly engine: string;
  readonly instanceType: string;
  readonly storageType: string;
  readonly deploymentModes: readonly string[];
  readonly engineVersions: readonly string[];
}

/** What recommendations rest on beside the broker. */
export interface RecommendationContext {
  readonly today: PlainDate;
  readonly window: { readonly from: PlainDate; readonly until: PlainDate; readonly days: number };
  readonly prices: PriceList;
  /** Live offers of a region; empty where they were never read. */
  readonly offers: (region: string) => readonly LiveInstanceOption[];
}

export type RecommendationOutcome =
  | { readonly outcome: "recommended"; readonly detail: RecommendationDetail }
  /** Nothing to recommend. */
  | { readonly outcome: "none"; readonly reason: string }
  /** The kind does not apply to such a broker. */
  | { readonly outcome: "excluded"; readonly reason: string }
  /** Not enough is known: an open recommendation stays as it is. */
  | { readonly outcome: "unknown"; readonly reason: string };

export interface RecommendationKindDefinition {
  readonly id: RecommendationKind;
  readonly version: number;
  readonly title: string;
  /** What it is, shown on the page. */
  readonly definition: string;
  readonly nature: RecommendationNature;
  /** Which observed change says that it was done. */
  readonly doneWhen: "instance-type-changed" | "deleted";
  evaluate(subject: RecommendationSubject, context: RecommendationContext): RecommendationOutcome;
}

export function defineRecommendation(definition: RecommendationKindDefinition): RecommendationKindDefinition {
  return definition;
}

export const none = (reason: string): RecommendationOutcome => ({ outcome: "none", reason });
export const excluded = (reason: string): RecommendationOutcome => ({ outcome: "excluded", reason });
export const unknown = (reason: string): RecommendationOutcome => ({ outcome: "unknown", reason });
export const recommended = (detail: RecommendationDetail): RecommendationOutcome => ({
  outcome: "recommended",
  detail,
});
