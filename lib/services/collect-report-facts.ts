import { loadAccounts } from "@/lib/db/account-store";
import { costDayStates } from "@/lib/db/cost-queries";
import { costReconciliation, otherCharges } from "@/lib/db/cost-report-queries";
import { type CostCut, monthsByKey, totalsByKey } from "@/lib/db/cost-rollup-queries";
import { snapshotPoints } from "@/lib/db/kpi-queries";
import { targetsInForce } from "@/lib/db/kpi-target-store";
import {
  acceptanceRows,
  brokerRatesBefore,
  failedScopes,
  type KpiDayRow,
  newestKpiDay,
  type ReportCut,
  reclassifiedBrokers,
  reportFindings,
  reportPlans,
  scopeChanges,
  syncDays,
  valuesBeforeLaterChanges,
} from "@/lib/db/report-fact-queries";
import { fixedClock } from "@/lib/domain/clock";
import { engineDisplayName } from "@/lib/domain/engine-version";
import { CLOSE_CAUSES, severityOfRank } from "@/lib/domain/finding";
import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";
import {
  addDays,
  type DayInterval,
  instantAtStartUtc,
  isPlainDate,
  plainDateFromInstantUtc,
} from "@/lib/domain/plain-date";
import { formatQuarter, previousQuarter, type Quarter, quarterBounds } from "@/lib/domain/quarter";
import type { ReportScope } from "@/lib/domain/report-document";
import { cutFleet, type FleetCut, NO_OWNER } from "@/lib/kpis/cut-fleet";
import { KPIS } from "@/lib/kpis/registry";
import type { NamedQuarter } from "@/lib/lifecycle/exposure-by-quarter";
import { ADVISORIES_COMPLETE_UNTIL } from "@/lib/reference/advisories";
import type { CostMonth, KpiDay, ReportCosts, ReportFacts } from "@/lib/reports/report-facts";
import { ALL_RULES } from "@/lib/rules/registry";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { fieldOf, fleetAt } from "@/lib/services/fleet-at";
import { currentReference, fleetSnapshotAt } from "@/lib/services/kpis-of-cut";
import { loadFleetFacts } from "@/lib/services/load-fleet";
import { keyLabels } from "@/lib/services/read/key-labels";

/** Days of cost that a run rate is the mean of. */
const RATE_DAYS = 7;
/** How far back an acceptance that still stands may have been approved: the longest there is, and a margin. */
const ACCEPTANCE_DAYS = 400;
/** Drawn over time. */
const TREND_KPIS = [
  "supported-versions",
  "auto-minor-upgrade",
  "ha-coverage",
  "mesh-coverage",
  "owner-coverage",
  "cost-run-rate",
];

/** Facts of a report; whether it is final is decided by the caller, who knows the versions before it. */
export type CollectedFacts = Omit<ReportFacts, "stage" | "open">;

/** Gathers everything that a report of a quarter and scope is computed from. Read it in one transaction, so that all of it is of one moment. */
export async function collectReportFacts({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { quarter: Quarter; scope: ReportScope };
}): Promise<CollectedFacts> {
  const { db } = ctx;
  const { scope } = input;
  const settings = await currentSettings(db);
  const quarter = named(input.quarter);
  const previous = named(previousQuarter(input.quarter));
  const now = ctx.clock.now();
  const end = instantAtStartUtc(quarter.endExclusive);
  const running = now < end;
  const at = running ? now : end;
  const start = instantAtStartUtc(quarter.start);
  const lastDay = running ? plainDateFromInstantUtc(now) : addDays(quarter.endExclusive, -1);
  const cut: ReportCut = {
    accountId: scope.kind === "account" ? scope.key : null,
    ownerKey: scope.kind === "owner" ? scope.key : null,
  };
  const dimension = { dimension: scope.kind, key: scope.key };
  // A while into the day after: a paused clock, and the observation that made the last snapshot, lie on the day itself.
  const untilDay = running ? addDays(lastDay, 1) : quarter.endExclusive;

  const facts = await loadFleetFacts({ ctx: { ...ctx, clock: fixedClock(at) } });
  const reference = await currentReference({ ctx });
  const accounts = await loadAccounts(db);
  const whole = running
    ? facts
    : fleetAt(facts, {
        at,
        values: await valuesBeforeLaterChanges(db, at),
        rates: await brokerRatesBefore(db, quarter.endExclusive, RATE_DAYS),
        unclassifiedAsProduction: settings.unclassifiedAsProduction,
        productionAccounts: new Set(
          accounts.flatMap(({ accountId, defaultEnvironment }) =>
            defaultEnvironment === "production" ? [accountId] : [],
          ),
        ),
      });
  const fleet = cutFleet({ ...fleetSnapshotAt(whole, at, null, reference), period: quarter }, fleetCut(cut));
  const [accountLabel, ownerLabel] = [await keyLabels(ctx, "account"), await keyLabels(ctx, "owner")];
  const findings = await reportFindings(db, start, at, cut);
  const acceptances = await acceptanceRows(db, instantAtStartUtc(addDays(quarter.start, -ACCEPTANCE_DAYS)), at, cut);
  const standing = new Set(
    findings
      .filter(({ state, closedAt }) => (closedAt === null || closedAt >= at) && state === "accepted")
      .map(({ episodeId }) => episodeId),
  );
  const lastApproval = new Map(acceptances.map((row) => [row.episodeId, row]));
  return {
    quarter,
    previous,
    running,
    at,
    lastDay,
    scope,
    firstMonth: settings.fiscalYearStartMonth,
    fleet,
    fleetBefore: { ...fleet, now: start, today: quarter.start, period: previous },
    kpiDays: await kpiDaysOf(ctx, dimension, { start: quarter.start, endExclusive: untilDay }),
    kpiDaysBefore: await kpiDaysOf(ctx, dimension, previous),
    kpiPoints: (
      await snapshotPoints(db, { kpiIds: TREND_KPIS, ...dimension, from: previous.start, until: untilDay })
    ).flatMap(({ kpiId, series, day, value }) => (isPlainDate(day) ? [{ kpiId, series, day, value }] : [])),
    targets: await targetsOf(ctx, quarter),
    findings: findings.map((row) => ({
      findingId: row.findingId,
      ruleId: row.ruleId,
      summary: row.summary,
      severity: severityOfRank(row.severity) ?? "low",
      openedAt: row.openedAt,
      closedAt: row.closedAt,
      closeCause: CLOSE_CAUSES.find((cause) => cause === row.closeCause) ?? null,
      openAtEnd: row.closedAt === null || row.closedAt >= at,
      state: row.state ?? "open",
      dueOn: plainOrNull(row.dueOn),
      brokerId: row.brokerId,
      subject: row.brokerName ?? row.subject,
      accountId: row.accountId,
      region: row.region,
      environment: row.environment,
      production: row.production ?? false,
      ownerKey: row.ownerKey ?? NO_OWNER,
    })),
    acceptances: acceptances.map((row) => ({
      episodeId: row.episodeId,
      summary: row.summary,
      severity: severityOfRank(row.severity) ?? "low",
      kind: row.kind === "false-positive" ? ("false-positive" as const) : ("accepted" as const),
      at: row.at,
      approvedBy: row.approvedBy,
      requestedBy: row.requestedBy,
      reason: row.reason,
      expiresOn: plainOrNull(row.expiresOn),
      subject: row.brokerName ?? row.subject,
      owner: row.ownerName,
      standing: standing.has(row.episodeId) && lastApproval.get(row.episodeId) === row,
    })),
    plans: (await reportPlans(db, start, at, cut)).map(({ ownerName, endsOn, ...plan }) => ({
      ...plan,
      owner: ownerName,
      endsOn: plainOrNull(endsOn),
    })),
    costs: await costsOf(
      ctx,
      cut,
      { start: quarter.start, endExclusive: running ? lastDay : quarter.endExclusive },
      previous,
    ),
    syncDays: await syncDays(db, start, at),
    failedScopes: await failedScopes(db, start, at, cut.accountId),
    reclassified: (await reclassifiedBrokers(db, start, at, cut)).map(
      ({ brokerName, accountId, attribute, oldValue, newValue, at: when }) => ({
        brokerName,
        accountId,
        what: attribute === "owner" ? ("Owner" as const) : ("Environment" as const),
        from: storedName(attribute, oldValue),
        to: storedName(attribute, newValue),
        at: when,
      }),
    ),
    scopeChanges: await scopeChanges(db, start, at, cut.accountId),
    accountLabel,
    ownerLabel,
    calendar: reference.calendar.engineLines.map(({ engine, line, endOfSupport, checkedOn, changedBy }) => ({
      engine: engineDisplayName(engine),
      line,
      endOfSupport,
      checkedOn,
      changedBy,
    })),
    advisoriesUntil: Object.entries(ADVISORIES_COMPLETE_UNTIL).map(([engine, day]) => ({
      engine: engineDisplayName(engine),
      day,
    })),
    rules: ALL_RULES.map(({ id, version }) => ({ id, version })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function named(quarter: Quarter): NamedQuarter {
  return { ...quarterBounds(quarter), name: formatQuarter(quarter) };
}

function fleetCut({ accountId, ownerKey }: ReportCut): FleetCut {
  return { accountId: accountId ?? undefined, ownerKey: ownerKey ?? undefined };
}

function plainOrNull(text: string | null) {
  return text !== null && isPlainDate(text) ? text : null;
}

function storedName(attribute: string, stored: unknown): string {
  if (attribute === "owner") return fieldOf(stored, "displayName") ?? fieldOf(stored, "ownerKey") ?? "No owner";
  return fieldOf(stored, "environment") ?? "Unclassified";
}

/** The values of the newest snapshot; where a cut keeps no row because the whole fleet has no figure, the whole fleet's reason. */
async function kpiDaysOf(
  ctx: Ctx,
  cut: { dimension: string; key: string },
  { start, endExclusive }: DayInterval,
): Promise<KpiDay[]> {
  const interval = { from: start, until: endExclusive };
  const own = await newestKpiDay(ctx.db, { ...cut, ...interval });
  const whole = cut.dimension === "all" ? [] : await newestKpiDay(ctx.db, { dimension: "all", key: "", ...interval });
  const told = new Set(own.map(({ kpiId }) => kpiId));
  return [...own, ...whole.filter(({ kpiId, value }) => value === null && !told.has(kpiId))].map(kpiDay);
}

function kpiDay({ detail, asOf: _, ...row }: KpiDayRow): KpiDay {
  return { ...row, unavailable: fieldOf(detail, "unavailable") };
}

async function targetsOf(ctx: Ctx, { start }: NamedQuarter): Promise<Map<string, number | null>> {
  const set = new Map(
    (await targetsInForce(ctx.db, start)).map(({ kpiId, target }) => [kpiId, parseDecimal(target).toNumber()]),
  );
  return new Map(KPIS.map(({ id, target }) => [id, set.get(id) ?? target]));
}

async function costsOf(ctx: Ctx, cut: ReportCut, quarter: DayInterval, previous: NamedQuarter): Promise<ReportCosts> {
  const { db } = ctx;
  const limit: CostCut = {
    account: cut.accountId === null ? undefined : [cut.accountId],
    owner: cut.ownerKey === null ? undefined : [cut.ownerKey],
  };
  const both = { start: previous.start, endExclusive: quarter.endExclusive };
  const [states, before] = [await costDayStates(db, limit, quarter), await costDayStates(db, limit, previous)];
  const estimated = new Set([...states.estimated, ...before.estimated]);
  const totals = async (by: "account" | "owner") =>
    (await totalsByKey(db, by, limit, quarter)).map(({ key, currency, total }) => ({ key, currency, total }));
  const months = (await monthsByKey(db, null, limit, both)).map(({ currency, month, amounts }): CostMonth => {
    const inside = amounts.filter((_, index) => addDays(month, index) < both.endExclusive);
    const known = inside.filter((amount) => amount !== null);
    return {
      currency,
      month,
      amount:
        known.length === 0 ? null : decimalToText(known.reduce((sum, amount) => sum.plus(amount), new Decimal(0))),
      estimated: [...estimated].some((day) => day.slice(0, 7) === month.slice(0, 7)),
    };
  });
  return {
    sums: await costReconciliation(db, limit, quarter),
    previous: await costReconciliation(db, limit, previous),
    other: cut.ownerKey === null ? await otherCharges(db, limit.account, quarter) : [],
    months,
    byAccount: await totals("account"),
    byOwner: await totals("owner"),
    estimatedDays: states.estimated.size,
    missingDays: states.missing.size,
    previousMissingDays: before.missing.size,
    sources: [...states.sources],
  };
}
