import { addDays, type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import { KPIS } from "@/lib/kpis/registry";
import type { KpiDay, ReportFacts, ReportFinding } from "@/lib/reports/report-facts";
import { buildFleet, type KpiBrokerOverrides } from "@/lib/testing/build-fleet";
import { buildRegister } from "@/lib/testing/build-register";

const START = parsePlainDate("2026-07-01");
const END = parsePlainDate("2026-10-01");

/** An open high finding of the third quarter of 2026, due in it, with the overrides. */
export function buildReportFinding(overrides: Partial<ReportFinding> = {}): ReportFinding {
  return {
    findingId: 1,
    ruleId: "engine-version-supported",
    summary: "RabbitMQ 3.11 is past its end of support.",
    severity: "high",
    openedAt: new Date("2026-07-10T06:00:00Z"),
    closedAt: null,
    closeCause: null,
    openAtEnd: true,
    state: "open",
    dueOn: parsePlainDate("2026-08-09"),
    brokerId: 1,
    subject: "orders",
    accountId: "111122223333",
    region: "eu-west-1",
    environment: "production",
    production: true,
    ownerKey: "payments",
    ...overrides,
  };
}

/** A share of a daily snapshot. */
export function buildKpiDay(kpiId: string, overrides: Partial<KpiDay> = {}): KpiDay {
  const version = KPIS.find(({ id }) => id === kpiId)?.version ?? 1;
  return {
    kpiId,
    version,
    series: "",
    day: "2026-09-30",
    value: "93",
    numerator: "93",
    denominator: "100",
    unknowns: 0,
    unavailable: null,
    ...overrides,
  };
}

/** The facts of the third quarter of 2026, which is over, for everything: brokers as given, an attested register, nothing else. */
export function buildReportFacts(
  brokers: readonly KpiBrokerOverrides[] = [{}],
  overrides: Partial<ReportFacts> = {},
): ReportFacts {
  const at = new Date(`${END}T00:00:00Z`);
  const quarter = { name: "2026-Q3", start: START, endExclusive: END };
  const previous = { name: "2026-Q2", start: parsePlainDate("2026-04-01"), endExclusive: START };
  const fleet = buildFleet(
    brokers.map((broker) => ({ firstSeenAt: new Date("2026-01-01T00:00:00Z"), observedAt: at, ...broker })),
    { now: at, today: END, period: quarter, register: buildRegister(), acknowledgementsKnown: true },
  );
  return {
    quarter,
    previous,
    running: false,
    at,
    lastDay: addDays(END, -1),
    scope: { kind: "all", key: "", label: "All accounts and owners" },
    stage: "preliminary",
    open: [],
    firstMonth: 1,
    fleet,
    fleetBefore: { ...fleet, now: new Date(`${START}T00:00:00Z`), today: START, period: previous },
    kpiDays: [],
    kpiDaysBefore: [],
    kpiPoints: [],
    targets: new Map(KPIS.map(({ id, target }) => [id, target])),
    findings: [],
    acceptances: [],
    plans: [],
    costs: {
      sums: [],
      previous: [],
      other: [],
      months: [],
      byAccount: [],
      byOwner: [],
      estimatedDays: 0,
      missingDays: 0,
      previousMissingDays: 0,
      sources: [],
    },
    syncDays: [],
    failedScopes: [],
    reclassified: [],
    scopeChanges: [],
    accountLabel: (id) => id,
    ownerLabel: (key) => key,
    calendar: [],
    advisoriesUntil: [],
    rules: [],
    ...overrides,
  };
}

/** A day, checked. */
export const day = (text: string): PlainDate => parsePlainDate(text);
