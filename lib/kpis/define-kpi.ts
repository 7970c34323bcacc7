import type { BrokerSnapshot } from "@/lib/domain/broker";
import type { CloseCause, Severity } from "@/lib/domain/finding";
import type { Decimal } from "@/lib/domain/money";
import type { DayInterval, PlainDate } from "@/lib/domain/plain-date";
import type { SupportStatus } from "@/lib/lifecycle/support-status";

export type KpiUnit = "percent" | "days" | "money-per-month" | "count";

/** A broker as KPIs see it. */
export interface KpiBroker {
  id: number;
  snapshot: BrokerSnapshot;
  support: SupportStatus;
  /** Observation older than three days at the snapshot's instant. */
  stale: boolean;
  /** Whether somebody vouched for the owner entity; null or absent where there is none. */
  ownerVerified?: boolean | null;
  /** Whether the owner entity has an e-mail address or a chat handle. */
  ownerContactable?: boolean | null;
}

/** An episode that overlaps the period. */
export interface KpiEpisode {
  findingId: number;
  ruleId: string;
  severity: Severity;
  openedAt: Date;
  closedAt: Date | null;
  closeCause: CloseCause | null;
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerKey: string | null;
}

/** Usage cost of one day of the cut, by currency; `estimated` while AWS still marks it so. */
export interface KpiCostDay {
  day: PlainDate;
  currency: string;
  amount: Decimal;
  estimated: boolean;
}

/** All that a KPI may look at: an immutable picture of the fleet (or of a cut of it) at one instant. */
export interface FleetSnapshot {
  /** Business instant. */
  now: Date;
  today: PlainDate;
  brokers: readonly KpiBroker[];
  episodes: readonly KpiEpisode[];
  /**
   * Usage costs of exactly this cut by day and currency, ascending; a day that was read and had no cost in this cut has an amount of zero, a day that
   * was never read is absent. Null when the costs of this cut were not loaded.
   */
  costDays: readonly KpiCostDay[] | null;
  /** The period that KPIs about a period look at, as UTC days; absent: the last 90 days, today included. */
  period?: DayInterval;
  /** Whether any sync ever completed; without it every KPI is unavailable. */
  everSynced: boolean;
  /** Scopes whose last outcome was not complete, as sentences for `caveats`. */
  incompleteScopes: readonly string[];
}

export interface KpiExclusion {
  reason: string;
  count: number;
}

export interface KpiValue {
  /** '' where the KPI has one value; a severity or a currency where it has several. */
  series: string;
  value: Decimal | null;
  numerator: Decimal | null;
  denominator: Decimal | null;
  /** Brokers in the denominator (or episodes) of which the answer is not known. */
  unknowns: number;
  exclusions: readonly KpiExclusion[];
  /** Named parts of the figure: { label, value as exact text } e.g. mandated / by choice, median, p90, n. */
  parts: readonly { label: string; value: string; unit: KpiUnit }[];
  /** The oldest observation that the figure rests on. */
  asOf: Date | null;
  /** Set when no value can be given: why, in a sentence. */
  unavailable: string | null;
  caveats: readonly string[];
}

export interface Kpi {
  id: string;
  version: number;
  title: string;
  /** The whole definition, shown beside the figure. */
  definition: string;
  /** What counts in the numerator and in the denominator, in words. */
  numeratorLabel: string | null;
  denominatorLabel: string | null;
  unit: KpiUnit;
  direction: "up-is-good" | "down-is-good" | "neutral";
  /** Default target in `unit`, null where none makes sense. */
  target: number | null;
  /** Seed documents and other sources of the definition. */
  source: string;
  compute(snapshot: FleetSnapshot): readonly KpiValue[];
}

export function defineKpi(kpi: Kpi): Kpi {
  return kpi;
}
