import type { BrokerSnapshot } from "@/lib/domain/broker";
import type { CloseCause, FindingState, Severity } from "@/lib/domain/finding";
import type { Decimal, Money } from "@/lib/domain/money";
import type { DayInterval, PlainDate } from "@/lib/domain/plain-date";
import type { PriceBasis, PricedAmount, RecommendationKind } from "@/lib/domain/recommendation";
import type { DrillRecord, IncidentRecord, RegisteredApplication } from "@/lib/domain/register";
import type { SupportStatus } from "@/lib/lifecycle/support-status";
import type { MeshStanding } from "@/lib/mesh/mesh-standing";
import type { AdvisoryBook } from "@/lib/reference/advisories";

export type KpiUnit = "percent" | "days" | "minutes" | "money-per-month" | "count";

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
  /** How an ActiveMQ broker is joined to others; absent for other engines, and where no mesh was built. */
  mesh?: MeshStanding;
  /** Run rate of the broker's costs; null or absent where none could be placed. */
  monthlyCost?: Money | null;
  /** What recommendations say of it; absent where none were made yet. */
  advice?: CostAdvice;
}

/** What cost recommendations know of a broker. */
export interface CostAdvice {
  /** Its one waste item that sums count; null: none is open. */
  waste: { kind: RecommendationKind; monthly: PricedAmount; basis: PriceBasis; alternatives: number } | null;
  /** Kinds of waste that could not be judged, with the reason; null: no kind ever looked at the broker. */
  notJudged: readonly { kind: RecommendationKind; reason: string }[] | null;
  /** What was saved by recommendations that were done in the last 12 months; monthly null: not known yet, and why. */
  realised: readonly { kind: RecommendationKind; endedOn: PlainDate; monthly: Money | null; explanation: string }[];
  /** Above the price of a single instance of the same type; null where it is one, or is not known to be more. */
  haPremium: PricedAmount | null;
}

/** An episode that overlaps the period. */
export interface KpiEpisode {
  findingId: number;
  ruleId: string;
  /** Advisory id, action code, limit ...; empty for most rules. */
  discriminator: string;
  /** The broker it is about; null for other subjects. */
  brokerId: number | null;
  severity: Severity;
  state: FindingState;
  /** Day it is due; null while an acceptance pauses the clock. */
  dueOn: PlainDate | null;
  /** First acknowledgement with a note and a target date. */
  acknowledgedAt: Date | null;
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

/** The keys by which a broker of the register is cut. */
export interface KpiRegisterBroker {
  id: number;
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerKey: string | null;
  countsAsProduction: boolean;
  /** Of its engine's highly available deployment mode; null when that is not known. */
  highlyAvailable: boolean | null;
}

export type KpiIncident = IncidentRecord & { brokers: readonly KpiRegisterBroker[] };
export type KpiDrill = DrillRecord & { brokers: readonly KpiRegisterBroker[] };
export type KpiApplication = RegisteredApplication & { brokers: readonly KpiRegisterBroker[] };

/** The register of incidents, drills and applications (of a cut: those that touch its brokers). */
export interface KpiRegister {
  /** Quarters attested and not changed since. */
  attested: readonly (DayInterval & { at: Date })[];
  /** Day of each suggested candidate that nobody reviewed; of the whole fleet, whatever the cut. */
  unreviewed: readonly PlainDate[];
  incidents: readonly KpiIncident[];
  drills: readonly KpiDrill[];
  applications: readonly KpiApplication[];
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
  /** First month of the fiscal year, which quarters follow; absent: January. */
  fiscalYearStartMonth?: number;
  /** Absent: the shipped ones. */
  advisories?: AdvisoryBook;
  /** Absent where nothing was ever registered or attested. */
  register?: KpiRegister;
  /** Whether acknowledgements can be made and are known; without it KPIs about them are unavailable. */
  acknowledgementsKnown?: boolean;
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

/**
 * Where something behind a figure stands: in the numerator, in the denominator only, in the denominator only because the answer is not known, or in
 * neither.
 */
export const CONTRIBUTOR_GROUPS = ["numerator", "not-in-numerator", "unknown", "excluded"] as const;
export type ContributorGroup = (typeof CONTRIBUTOR_GROUPS)[number];

export type ContributorSubject =
  | { kind: "broker"; broker: KpiBroker }
  | { kind: "episode"; episode: KpiEpisode }
  | { kind: "incident"; incident: KpiIncident }
  | { kind: "drill"; drill: KpiDrill }
  | { kind: "cost-day"; day: KpiCostDay };

/** One thing behind a figure. */
export interface KpiContributor {
  series: string;
  group: ContributorGroup;
  subject: ContributorSubject;
  /** Why it is where it is, where that is not plain. */
  reason: string | null;
  /** What it adds, where things weigh differently: exact text. */
  amount: { value: string; unit: KpiUnit } | null;
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
  /** Exactly what is behind the values of `compute`, series by series. */
  contributors(snapshot: FleetSnapshot): readonly KpiContributor[];
  /** The one series that daily snapshots keep for each cut; absent: every series. The whole fleet keeps all. */
  headlineSeries?: string;
}

export function defineKpi(kpi: Kpi): Kpi {
  return kpi;
}
