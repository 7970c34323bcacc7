import { createHash } from "node:crypto";
import { allocateAccountDay, type DayFleet, dayFleet, type UsageLine } from "@/lib/cost/allocate";
import { allocateByResource } from "@/lib/cost/allocate-resources";
import type { DayAllocation } from "@/lib/cost/allocation-book";
import { amountUnitsOfText } from "@/lib/cost/amount-units";
import { type BrokerHistory, brokerOnDay, classificationOn, isSteady } from "@/lib/cost/broker-history";
import type { BrokerOnDay } from "@/lib/cost/broker-on-day";
import type { CostKeys } from "@/lib/cost/cost-month";
import { type CountingReport, countingReport, type DayReport, namesResources } from "@/lib/cost/source-precedence";
import type { CostLineRow } from "@/lib/db/cost-input-queries";
import type { ResourceLineRow } from "@/lib/db/cost-resource-store";
import { NO_OWNER_KEY } from "@/lib/domain/cost-rollup";
import { Decimal } from "@/lib/domain/money";
import {
  endExclusiveOfMonth,
  instantAtStartUtc,
  type PlainDate,
  plainDateFromInstantUtc,
  plainDateParts,
} from "@/lib/domain/plain-date";

/** Bump it when the same inputs would be allocated differently: all days are then allocated again. */
const ALLOCATION_VERSION = 1;

const DAY_MS = 86_400_000;

/** Record types that are usage and get allocated; tax, credits, refunds, discounts and whatever else AWS invents are shown apart. */
export const USAGE_RECORD_TYPES: readonly string[] = ["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"];

/** A broker of the account with its storage use per day of the month (GB; null: not reported). */
export interface BrokerInMonth {
  history: BrokerHistory;
  storageUsageGb: readonly (number | null)[] | null;
}

/** All that is known of an account's day, ready to be allocated, and the hash of it. */
export interface AccountDayInputs {
  day: PlainDate;
  report: CountingReport;
  inputsHash: string;
  /** Amounts of other record types, by record type and currency. */
  others: readonly { recordType: string; currency: string; unblended: Decimal; estimated: boolean }[];
  currencies: readonly string[];
  allocate(): { allocation: DayAllocation; keysOf: (brokerKey: string) => CostKeys };
}

/** The inputs of each day of a month that has lines, ascending. `lines` and `resources` are the account's of the month. Pure. */
export function accountDays(
  accountId: string,
  month: PlainDate,
  lines: readonly CostLineRow[],
  resources: readonly ResourceLineRow[],
  brokers: readonly BrokerInMonth[],
): AccountDayInputs[] {
  const fleet = monthFleet(month, brokers);
  const byDay = groupBy(lines, (line) => line.day);
  const resourcesByDay = groupBy(resources, (line) => line.day);
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, ofDay]) => {
      const inputs = dayInputs(accountId, day, ofDay, resourcesByDay.get(day) ?? [], fleet);
      return inputs ? [inputs] : [];
    });
}

/** The account's brokers with what is the same on all days of the month worked out once: most brokers change in no month at all. */
interface MonthFleet {
  brokers: readonly BrokerInMonth[];
  steady: readonly PresentBroker[];
  others: readonly BrokerHistory[];
  steadyHash: string;
  /** The fleet of a day on which there is nobody but the steady ones. */
  steadyFleet: DayFleet;
  steadyKeys: ReadonlyMap<string, CostKeys>;
  keysOf(history: BrokerHistory, day: PlainDate): CostKeys;
}

interface PresentBroker {
  broker: BrokerOnDay;
  keys: CostKeys;
}

function monthFleet(month: PlainDate, brokers: readonly BrokerInMonth[]): MonthFleet {
  const start = instantAtStartUtc(month);
  const end = instantAtStartUtc(endExclusiveOfMonth(month));
  const interned = new Map<string, CostKeys>();
  const keysOf = (history: BrokerHistory, day: PlainDate): CostKeys => {
    const { environment, ownerKey } = classificationOn(history, day);
    const keys = {
      region: history.region,
      engine: history.engine ?? "UNKNOWN",
      environment,
      owner: ownerKey ?? NO_OWNER_KEY,
    };
    const text = JSON.stringify(Object.values(keys));
    const known = interned.get(text);
    if (!known) interned.set(text, keys);
    return known ?? keys;
  };
  const steady: PresentBroker[] = [];
  const others: BrokerHistory[] = [];
  const hash = createHash("sha256");
  for (const { history } of brokers) {
    const broker = isSteady(history, start, end) ? brokerOnDay(history, month, null) : null;
    if (!broker) {
      others.push(history);
      continue;
    }
    const keys = keysOf(history, month);
    steady.push({ broker, keys });
    hash.update(JSON.stringify([broker, keys]));
  }
  return {
    brokers,
    steady,
    others,
    steadyHash: hash.digest("base64"),
    steadyFleet: dayFleet(steady.map((entry) => entry.broker)),
    steadyKeys: new Map(steady.map((entry) => [entry.broker.brokerKey, entry.keys])),
    keysOf,
  };
}

function dayInputs(
  accountId: string,
  day: PlainDate,
  lines: readonly CostLineRow[],
  resources: readonly ResourceLineRow[],
  fleet: MonthFleet,
): AccountDayInputs | null {
  const usage = lines.filter((line) => USAGE_RECORD_TYPES.includes(line.recordType));
  const other = lines.filter((line) => !USAGE_RECORD_TYPES.includes(line.recordType));
  const report = countingReport(accountId, reportsOf(usage.length > 0 ? usage : other));
  if (!report) return null;
  const otherReport = countingReport(accountId, reportsOf(other));
  const from = (line: { source: string; reportedBy: string }, chosen: CountingReport | null) =>
    line.source === chosen?.source && line.reportedBy === chosen.reportedBy;
  const counted = usage.filter((line) => from(line, report));
  const countedResources = namesResources(report.source) ? resources.filter((line) => from(line, report)) : [];
  const others = other.filter((line) => from(line, otherReport));

  const dayStart = instantAtStartUtc(day).getTime();
  // A bill read in mid-day knows no more of the day than that.
  const readUntil = counted.reduce((latest, line) => Math.max(latest, line.observedAt.getTime()), 0);
  const whole = readUntil >= dayStart + DAY_MS;
  const changing: PresentBroker[] = [];
  for (const history of whole ? fleet.others : fleet.brokers.map((each) => each.history)) {
    const broker = brokerOnDay(history, day, whole ? null : new Date(readUntil));
    if (broker) changing.push({ broker, keys: fleet.keysOf(history, day) });
  }
  const storageUsageGb = usageOfDay(fleet.brokers, plainDateParts(day).day - 1);

  const hash = createHash("sha256").update(JSON.stringify([ALLOCATION_VERSION, report, whole && fleet.steadyHash]));
  hash.update(JSON.stringify(counted.map((l) => [l.usageType, l.unblended, l.usageQuantity, l.usageUnit, l.currency])));
  hash.update(JSON.stringify(countedResources.map((l) => [l.resourceId, l.usageType, l.unblended, l.currency])));
  hash.update(JSON.stringify(others.map((l) => [l.recordType, l.usageType, l.unblended, l.currency, l.estimated])));
  hash.update(JSON.stringify(changing));
  hash.update(JSON.stringify([...storageUsageGb]));

  return {
    day,
    report,
    inputsHash: hash.digest("base64"),
    others: sumOthers(others),
    currencies: [...new Set(lines.map((line) => line.currency))].sort(),
    allocate: () => {
      if (countedResources.length > 0) return allocateResources(countedResources, report, fleet, day);
      const present = [...(whole ? fleet.steady : []), ...changing];
      const steadyOnly = whole && changing.length === 0;
      const keys = steadyOnly
        ? fleet.steadyKeys
        : new Map(present.map((entry) => [entry.broker.brokerKey, entry.keys]));
      const allocation = allocateAccountDay(
        counted.map((line) => usageLine(line, report.estimated)),
        steadyOnly ? fleet.steadyFleet : present.map((entry) => entry.broker),
        { periodMs: Math.min(DAY_MS, Math.max(0, readUntil - dayStart)), storageUsageGb },
      );
      return { allocation, keysOf: (brokerKey) => keys.get(brokerKey) ?? UNKNOWN_KEYS };
    },
  };
}

/** Never used: shares go to brokers whose keys are known. */
const UNKNOWN_KEYS: CostKeys = { region: "", engine: "UNKNOWN", environment: "unclassified", owner: NO_OWNER_KEY };

function usageOfDay(brokers: readonly BrokerInMonth[], index: number): Map<string, number> {
  const usage = new Map<string, number>();
  for (const { history, storageUsageGb } of brokers) {
    const gb = storageUsageGb?.[index] ?? null;
    if (gb !== null) usage.set(history.brokerKey, gb);
  }
  return usage;
}

/** Resources are matched with every broker of the account: AWS says who was billed, whatever we observed of that day. */
function allocateResources(
  lines: readonly ResourceLineRow[],
  report: CountingReport,
  fleet: MonthFleet,
  day: PlainDate,
): { allocation: DayAllocation; keysOf: (brokerKey: string) => CostKeys } {
  const byName = new Map<string, BrokerHistory>();
  for (const { history } of fleet.brokers) {
    byName.set(history.brokerKey, history);
    // ARN ends in the broker's id: arn:aws:mq:<region>:<account>:broker:<name>:<id>.
    byName.set(history.brokerKey.slice(history.brokerKey.lastIndexOf(":") + 1), history);
  }
  const allocation = allocateByResource(
    lines.map((line) => ({
      resourceId: line.resourceId,
      usageType: line.usageType,
      unblended: new Decimal(line.unblended),
      currency: line.currency,
      estimated: report.estimated,
    })),
    (resourceId) => byName.get(resourceId)?.brokerKey ?? null,
  );
  return {
    allocation,
    keysOf: (brokerKey) => {
      const history = byName.get(brokerKey);
      return history ? fleet.keysOf(history, day) : UNKNOWN_KEYS;
    },
  };
}

function usageLine(line: CostLineRow, estimated: boolean): UsageLine {
  return {
    usageType: line.usageType,
    unblended: new Decimal(line.unblended),
    usageQuantity: line.usageQuantity === null ? null : new Decimal(line.usageQuantity),
    usageUnit: line.usageUnit,
    currency: line.currency,
    estimated,
  };
}

function reportsOf(lines: readonly CostLineRow[]): DayReport[] {
  return [...groupBy(lines, (line) => `${line.source}\n${line.reportedBy}`).values()].map((group) => {
    const totals: Record<string, bigint> = {};
    let observedAt = new Date(0);
    for (const line of group) {
      totals[line.currency] = (totals[line.currency] ?? 0n) + amountUnitsOfText(line.unblended);
      if (line.observedAt > observedAt) observedAt = line.observedAt;
    }
    return {
      source: group[0]?.source ?? "",
      reportedBy: group[0]?.reportedBy ?? "",
      estimated: group.some((line) => line.estimated),
      observedOn: plainDateFromInstantUtc(observedAt),
      totals,
    };
  });
}

function sumOthers(lines: readonly CostLineRow[]): AccountDayInputs["others"] {
  return [...groupBy(lines, (line) => `${line.recordType}\n${line.currency}`).values()].map((group) => ({
    recordType: group[0]?.recordType ?? "",
    currency: group[0]?.currency ?? "",
    unblended: group.reduce((sum, line) => sum.plus(line.unblended), new Decimal(0)),
    estimated: group.some((line) => line.estimated),
  }));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
