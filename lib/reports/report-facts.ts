import type { CloseCause, Severity } from "@/lib/domain/finding";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { ReportScope, ReportStage } from "@/lib/domain/report-document";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";
import type { NamedQuarter } from "@/lib/lifecycle/exposure-by-quarter";

/** A KPI's value of a daily snapshot; numbers are exact text. */
export interface KpiDay {
  kpiId: string;
  version: number;
  series: string;
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unknowns: number;
  unavailable: string | null;
}

/** A point of a KPI's history. */
export interface KpiPoint {
  kpiId: string;
  series: string;
  day: PlainDate;
  value: string | null;
}

/** An episode that overlaps the quarter. `openAtEnd`: not closed at the end of what the report looks at. */
export interface ReportFinding {
  findingId: number;
  ruleId: string;
  summary: string;
  severity: Severity;
  openedAt: Date;
  closedAt: Date | null;
  closeCause: CloseCause | null;
  openAtEnd: boolean;
  state: string;
  dueOn: PlainDate | null;
  brokerId: number | null;
  /** The broker's name, or what else it is about. */
  subject: string;
  accountId: string;
  region: string;
  environment: string;
  production: boolean;
  ownerKey: string;
}

export interface ReportAcceptance {
  episodeId: number;
  summary: string;
  severity: Severity;
  kind: "accepted" | "false-positive";
  at: Date;
  approvedBy: string;
  requestedBy: string | null;
  reason: string | null;
  expiresOn: PlainDate | null;
  subject: string;
  owner: string | null;
  /** It still holds at the end of what the report looks at. */
  standing: boolean;
}

export interface ReportPlan {
  id: number;
  title: string;
  brokerName: string;
  owner: string | null;
  createdAt: Date;
  completedAt: Date | null;
  cancelledAt: Date | null;
  steps: number;
  done: number;
  overdue: number;
  endsOn: PlainDate | null;
}

/** Billed usage of a quarter in one currency; exact text. */
export interface CostSums {
  currency: string;
  billed: string;
  allocated: string;
  ambiguous: string;
  unallocated: string;
}

export interface CostMonth {
  currency: string;
  month: PlainDate;
  /** Null where no day of it was read. */
  amount: string | null;
  estimated: boolean;
}

export interface CostOfKey {
  key: string;
  currency: string;
  total: string;
}

export interface ReportCosts {
  sums: CostSums[];
  previous: CostSums[];
  other: { currency: string; recordType: string; amount: string }[];
  months: CostMonth[];
  byAccount: CostOfKey[];
  byOwner: CostOfKey[];
  estimatedDays: number;
  missingDays: number;
  /** The same of the quarter before. */
  previousMissingDays: number;
  sources: string[];
}

export interface Reclassification {
  brokerName: string;
  accountId: string;
  what: "Environment" | "Owner";
  from: string;
  to: string;
  at: Date;
}

/** Everything that a report is computed from, gathered once. */
export interface ReportFacts {
  quarter: NamedQuarter;
  previous: NamedQuarter;
  running: boolean;
  /** The end of the quarter, or the instant of computing while it runs. */
  at: Date;
  /** The day that the figures are said to be of: the last one of the quarter, or today. */
  lastDay: PlainDate;
  scope: ReportScope;
  stage: ReportStage;
  open: string[];
  firstMonth: number;
  /** The fleet of the scope at `at`, with the quarter as period. */
  fleet: FleetSnapshot;
  /** The same with the quarter before as period. */
  fleetBefore: FleetSnapshot;
  kpiDays: KpiDay[];
  kpiDaysBefore: KpiDay[];
  kpiPoints: KpiPoint[];
  /** Targets locked at the quarter's start. */
  targets: ReadonlyMap<string, number | null>;
  findings: ReportFinding[];
  acceptances: ReportAcceptance[];
  plans: ReportPlan[];
  costs: ReportCosts;
  syncDays: { day: string; complete: boolean; read: boolean }[];
  failedScopes: {
    source: string;
    accountId: string;
    region: string;
    times: number;
    status: string;
    message: string | null;
  }[];
  reclassified: Reclassification[];
  scopeChanges: { action: string; accountId: string; at: Date; actor: string }[];
  accountLabel: (id: string) => string;
  ownerLabel: (key: string) => string;
  /** The rows of the support calendar that were in force. */
  calendar: {
    engine: string;
    line: string;
    endOfSupport: PlainDate | null;
    checkedOn: string;
    changedBy: string | null;
  }[];
  advisoriesUntil: { engine: string; day: string }[];
  rules: { id: string; version: number }[];
}
