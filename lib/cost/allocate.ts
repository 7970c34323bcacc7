import {
  type AllocationBook,
  type AllocationMethod,
  type DayAllocation,
  newAllocationBook,
  valuesInKeyOrder,
} from "@/lib/cost/allocation-book";
import { type AmountUnits, spreadUnits } from "@/lib/cost/amount-units";
import type { BrokerOnDay } from "@/lib/cost/broker-on-day";
import { type InstanceLine, instanceHours } from "@/lib/cost/instance-hours";
import { type Candidates, candidatesFor, compareText } from "@/lib/cost/usage-candidates";
import type { Decimal } from "@/lib/domain/money";
import { parseUsageType, type UsageType } from "@/lib/reference/usage-type";

/** One billed line of record type Usage of an account and day. */
export interface UsageLine {
  usageType: string;
  unblended: Decimal;
  /** Hours, GB-months ... as `usageUnit` says; null when not told. */
  usageQuantity: Decimal | null;
  usageUnit?: string | null;
  currency: string;
  estimated: boolean;
}

const MS_PER_HOUR = 3_600_000;

export interface AllocationOptions {
  /** The part of the day that the bill covers, in milliseconds: a whole day unless it was read in mid-day. */
  periodMs?: number;
  /** GB in use by broker, as its metrics report it; absent where they do not. */
  storageUsageGb?: ReadonlyMap<string, number>;
}

/** Brokers of a day, sorted, with the candidates of usage types that were asked for. Days with the same brokers can share one. */
export interface DayFleet {
  lookUp(usageType: string): { usage: UsageType; candidates: Candidates };
}

/** Makes a day's brokers ready for allocation; those that did not exist are left out. */
export function dayFleet(brokers: readonly BrokerOnDay[]): DayFleet {
  const byRegion = new Map<string, BrokerOnDay[]>();
  const known = brokers.filter((b) => b.existingMs > 0).sort((a, b) => compareText(a.brokerKey, b.brokerKey));
  for (const broker of known) {
    const group = byRegion.get(broker.region);
    if (group) group.push(broker);
    else byRegion.set(broker.region, [broker]);
  }
  const found = new Map<string, { usage: UsageType; candidates: Candidates }>();
  return {
    lookUp(usageType) {
      let entry = found.get(usageType);
      if (!entry) {
        const usage = parseUsageType(usageType);
        const candidates = candidatesFor(usage, byRegion.get(usage.region.value ?? "") ?? []);
        entry = { usage, candidates };
        found.set(usageType, entry);
      }
      return entry;
    },
  };
}

/**
 * Spreads an account's billed usage of one day over the brokers that can have produced it.
 *
 * - Instance hours go by the hours a broker existed with that region, engine, mode and type, up to the quantity billed: a broker-hour is billed
 *   once, so hours that a more specific line explains are not offered to a vaguer one. Hours billed beyond all known brokers' are unplaced.
 * - Storage goes by the usage that metrics report when all candidates have it, RabbitMQ's by provisioned size, else evenly by hours.
 * - Transfer goes by hours over the region's brokers, and is ambiguous: its usage types name no engine.
 * - Where engine or mode is not proved by the usage type itself, the share is ambiguous, also when only one broker is left.
 *
 * The sum of shares and unplaced amounts is the billed total, to the last digit, per currency. The order of the input does not matter.
 */
export function allocateAccountDay(
  lines: readonly UsageLine[],
  brokers: readonly BrokerOnDay[] | DayFleet,
  options: AllocationOptions = {},
): DayAllocation {
  const book = newAllocationBook();
  const fleet = "lookUp" in brokers ? brokers : dayFleet(brokers);
  const instanceLines: (InstanceLine & { units: AmountUnits; usageType: string })[] = [];
  for (const line of mergedLines(lines)) {
    const { usage, candidates } = fleet.lookUp(line.usageType);
    const units = book.bill(line);
    if (usage.kind === "other") book.leave(line, usage.kind, units, "unknown-usage-type");
    else if (usage.region.value === null) book.leave(line, usage.kind, units, "unknown-region");
    else if (candidates.brokers.length === 0) book.leave(line, usage.kind, units, "no-such-broker");
    else if (usage.kind === "instance") {
      const { usageType, currency } = line;
      instanceLines.push({ usageType, currency, units, usage, candidates, quantityMs: hoursOf(line) });
    } else placeByWeight(book, line, usage, candidates, units, options.storageUsageGb ?? NO_USAGE);
  }
  for (const { line, hours } of instanceHours(instanceLines, options.periodMs ?? 24 * MS_PER_HOUR)) {
    const parts = spreadUnits(line.units, [...hours.weights, hours.unknownWeight]);
    line.candidates.brokers.forEach(({ brokerKey }, index) => {
      const weight = hours.weights[index] ?? 0n;
      if (weight > 0n) book.place(brokerKey, "instance", line.candidates.basis, "hours", line, parts[index] ?? 0n);
    });
    const unknown = parts[hours.weights.length] ?? 0n;
    if (hours.unknownWeight > 0n) book.leave(line, "instance", unknown, "hours-of-unknown-brokers");
  }
  return book.close();
}

const NO_USAGE: ReadonlyMap<string, number> = new Map();

/** Billed hours in milliseconds; zero for a mere correction, null when the quantity is not told or not in hours. */
function hoursOf(line: UsageLine): bigint | null {
  const { usageQuantity, usageUnit } = line;
  if (usageQuantity === null || (usageUnit && !/^(hrs?|hours?)$/i.test(usageUnit))) return null;
  if (usageQuantity.isNegative() || usageQuantity.isZero()) return 0n;
  return BigInt(usageQuantity.times(MS_PER_HOUR).toDecimalPlaces(0).toFixed());
}

function placeByWeight(
  book: AllocationBook,
  line: UsageLine,
  usage: UsageType,
  candidates: Candidates,
  units: AmountUnits,
  storageUsageGb: ReadonlyMap<string, number>,
): void {
  const { method, weights } =
    usage.kind === "storage" ? storageWeights(usage, candidates, storageUsageGb) : byHours(candidates);
  const parts = spreadUnits(units, weights);
  candidates.brokers.forEach((broker, index) => {
    if ((weights[index] ?? 0n) > 0n)
      book.place(broker.brokerKey, usage.kind, candidates.basis, method, line, parts[index] ?? 0n);
  });
}

interface Weights {
  method: AllocationMethod;
  weights: bigint[];
}

function byHours(candidates: Candidates): Weights {
  const sure = candidates.brokers.some((broker) => broker.surelyExistingMs > 0);
  return {
    method: "hours",
    weights: candidates.brokers.map((broker) => BigInt(sure ? broker.surelyExistingMs : broker.existingMs)),
  };
}

function storageWeights(
  usage: UsageType,
  candidates: Candidates,
  storageUsageGb: ReadonlyMap<string, number>,
): Weights {
  const hours = byHours(candidates);
  const measured = (method: AllocationMethod, gbOf: (broker: BrokerOnDay) => number | null): Weights | null => {
    const weights: bigint[] = [];
    for (const [index, broker] of candidates.brokers.entries()) {
      const gb = gbOf(broker);
      if (gb === null || !Number.isFinite(gb) || gb < 0) return null;
      weights.push((hours.weights[index] ?? 0n) * BigInt(Math.round(gb * 1_000)));
    }
    return weights.some((weight) => weight > 0n) ? { method, weights } : null;
  };
  const reported = measured("reported-usage", (broker) => storageUsageGb.get(broker.brokerKey) ?? null);
  const provisioned = usage.engine.value === "RABBITMQ" && measured("provisioned-size", (b) => b.storageSizeGb);
  return reported ?? (provisioned || hours);
}

/** One line per usage type, unit and currency, in a total order: the result must not depend on how the bill was cut or paged. */
function mergedLines(lines: readonly UsageLine[]): UsageLine[] {
  const merged = new Map<string, UsageLine>();
  for (const line of lines) {
    const key = `${line.usageType}\n${line.currency}\n${line.usageUnit ?? ""}`;
    const other = merged.get(key);
    if (!other) merged.set(key, line);
    else {
      merged.set(key, {
        ...line,
        unblended: other.unblended.plus(line.unblended),
        usageQuantity: other.usageQuantity && line.usageQuantity && other.usageQuantity.plus(line.usageQuantity),
        estimated: other.estimated || line.estimated,
      });
    }
  }
  return valuesInKeyOrder(merged);
}
