import type { FleetIndex } from "../../fleet-index";
import { type Broker, existsAt, type Segment, segmentIndexAt, segmentsOf } from "../../organisation/model";
import { dayMs, dayStart, hashText, unit } from "../../organisation/seeded";
import { hourlyPrice, storagePrice, toE10, transferPrice } from "./price-list";
import { instanceUsageType, storageUsageType, transferUsageType } from "./usage-types";

export const hourMs = 3_600_000;

/** Final account-days kept in memory: fifteen months of the demo's accounts, two months of fifty accounts. */
const keptDays = 4_000;

/** One line of a bill. Quantities and amounts are integers of 10^-10. */
export interface BillLine {
  readonly service: string;
  readonly recordType: string;
  readonly usageType: string;
  readonly operation: string;
  readonly region: string;
  readonly unit: "Hrs" | "GB-Month" | "GB" | "N/A";
  readonly quantity: bigint;
  readonly amount: bigint;
  /** What lines must have in common to be added up. */
  readonly key: string;
  /** Broker ARN; only on lines per resource. */
  readonly resourceId?: string;
}

export const mqServiceName = "Amazon MQ";
const one = 10_000_000_000n;

export function monthStart(instant: number): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

export function nextMonth(instant: number): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** From this instant on the figures of a day never change again: five days after the month. */
export function finalFrom(day: number): number {
  return nextMonth(day) + 5 * dayMs;
}

/** Bills know usage up to here: they are renewed three times a day and lag by eight hours. */
export function billedUntil(now: number): number {
  const step = 8 * hourMs;
  return Math.floor(now / step) * step - step;
}

function nodes(broker: Broker): number {
  return broker.deploymentMode === "CLUSTER_MULTI_AZ" ? 3 : 1;
}

/** Stored GB in thousandths, constant within a month: what the broker's load profile says, growing month by month. */
export function storedMilliGb(broker: Broker, type: string, month: number, anchor: number): number {
  const quota = type.endsWith("micro") ? 20 : 200;
  const months = (month - anchor) / (30 * dayMs);
  const percent = Math.min(92, broker.load.storePercent * (1 + broker.load.growth) ** months);
  return Math.round(quota * nodes(broker) * percent * 10);
}

interface Usage {
  readonly segment: Segment;
  readonly hours: number;
}

/** Billed hours of a broker within the first `untilHour` hours of a day, by the segment valid at each hour's start. */
function billedHours(broker: Broker, day: number, untilHour: number): Usage[] {
  const end = day + untilHour * hourMs;
  const segments = segmentsOf(broker);
  const first = segmentIndexAt(segments, day);
  const whole = segments[first];
  if (whole && broker.createdAt <= day && existsAt(broker, end - 1) && (segments[first + 1]?.from ?? end) >= end) {
    return whole.attributes.billed ? [{ segment: whole, hours: untilHour }] : [];
  }
  const hours = new Map<Segment, number>();
  for (let start = day; start < end; start += hourMs) {
    const from = Math.max(start, broker.createdAt);
    if (from >= start + hourMs || !existsAt(broker, from)) continue;
    const segment = segments[segmentIndexAt(segments, from)];
    if (segment?.attributes.billed) hours.set(segment, (hours.get(segment) ?? 0) + 1);
  }
  return [...hours].map(([segment, count]) => ({ segment, hours: count }));
}

/** Bill lines of one broker for the first `untilHour` hours of a day: instance hours, storage, traffic between zones. */
export function brokerLines(broker: Broker, day: number, anchor: number, untilHour = 24): readonly BillLine[] {
  const usage = billedHours(broker, day, untilHour);
  const [only] = usage;
  if (!only) return [];
  if (usage.length > 1 || only.hours < 24) return linesOf(broker, day, anchor, usage);
  const month = monthStart(day);
  let known = wholeDays.get(broker);
  if (known?.month !== month || known.segment !== only.segment) {
    known = { month, segment: only.segment, lines: linesOf(broker, day, anchor, usage) };
    wholeDays.set(broker, known);
  }
  return known.lines;
}

function linesOf(broker: Broker, day: number, anchor: number, usage: readonly Usage[]): BillLine[] {
  const month = monthStart(day);
  const daysInMonth = BigInt(Math.round((nextMonth(day) - month) / dayMs));
  const common = {
    service: mqServiceName,
    recordType: "Usage",
    region: broker.region,
    operation: "CreateBroker:0001",
  } as const;
  const lines: BillLine[] = [];
  let hours = 0;
  let type = broker.initial.hostInstanceType;
  for (const part of usage) {
    type = part.segment.attributes.hostInstanceType;
    hours += part.hours;
    lines.push(
      billLine({
        ...common,
        usageType: instanceUsageType(broker, type),
        unit: "Hrs",
        quantity: BigInt(part.hours) * one,
        amount: BigInt(part.hours) * hourlyPrice(broker, type),
      }),
    );
  }
  const milliGb = BigInt(storedMilliGb(broker, type, month, anchor) * hours);
  lines.push(
    billLine({
      ...common,
      usageType: storageUsageType(broker),
      unit: "GB-Month",
      quantity: (milliGb * one) / (24_000n * daysInMonth),
      amount: (milliGb * storagePrice(broker.region, broker.engine, broker.storageType)) / (24_000n * daysInMonth),
    }),
  );
  if (broker.deploymentMode !== "SINGLE_INSTANCE") {
    const megabytes = BigInt(Math.round(broker.load.connections * 11 * hours));
    lines.push(
      billLine({
        ...common,
        usageType: transferUsageType(broker.region),
        unit: "GB",
        operation: "InterZone-Out",
        quantity: (megabytes * one) / 1000n,
        amount: (megabytes * transferPrice) / 1000n,
      }),
    );
  }
  return lines;
}

/** A line with its key. */
function billLine(line: Omit<BillLine, "key">): BillLine {
  return { ...line, key: `${line.recordType}|${line.usageType}|${line.region}|${line.service}` };
}

interface WholeDay {
  readonly month: number;
  readonly segment: Segment;
  readonly lines: readonly BillLine[];
}

/** The lines of a day on which nothing changed are the same all month. */
const wholeDays = new WeakMap<Broker, WholeDay>();

/** Adds up lines of the same kind. */
export function sumLines(lines: Iterable<BillLine>): BillLine[] {
  const sums = new Map<string, { line: BillLine; quantity: bigint; amount: bigint }>();
  for (const line of lines) {
    const sum = sums.get(line.key);
    if (sum) {
      sum.quantity += line.quantity;
      sum.amount += line.amount;
    } else sums.set(line.key, { line, quantity: line.quantity, amount: line.amount });
  }
  return [...sums.values()].map(({ line, quantity, amount }) => ({ ...line, quantity, amount }));
}

/** The bills of an organisation, day by day, as Cost Explorer would show them at a given instant. */
export class Bills {
  private readonly final = new Map<string, readonly BillLine[]>();
  private readonly byAccount = new Map<string, Broker[]>();
  private version = -1;
  private readonly anchor: number;

  constructor(private readonly fleet: FleetIndex) {
    this.anchor = dayStart(fleet.organisation.anchor);
  }

  private refresh(): void {
    if (this.version === this.fleet.version) return;
    this.version = this.fleet.version;
    this.final.clear();
    this.byAccount.clear();
    for (const broker of this.fleet.allBrokers()) {
      const brokers = this.byAccount.get(broker.account);
      if (brokers) brokers.push(broker);
      else this.byAccount.set(broker.account, [broker]);
    }
  }

  brokersBilledTo(account: string, from: number, to: number): Broker[] {
    this.refresh();
    return (this.byAccount.get(account) ?? []).filter(
      (broker) => broker.createdAt < to && (broker.deletedAt ?? to) > from,
    );
  }

  /** Amazon MQ usage of a whole past day as it will stand in the final bill. */
  finalUsage(account: string, day: number): readonly BillLine[] {
    this.refresh();
    const key = `${account}|${day}`;
    let lines = this.final.get(key);
    if (!lines) {
      lines = sumLines(
        this.brokersBilledTo(account, day, day + dayMs).flatMap((broker) => brokerLines(broker, day, this.anchor)),
      );
      this.final.set(key, lines);
      const [oldest] = this.final.keys();
      if (this.final.size > keptDays && oldest) this.final.delete(oldest);
    }
    return lines;
  }

  /** Amazon MQ usage of a day as known at `now`: nothing yet, a part of the day, not quite right, or final. */
  usage(account: string, day: number, now: number): readonly BillLine[] {
    const known = billedUntil(now);
    if (known <= day) return [];
    if (known < day + dayMs) {
      const untilHour = Math.floor((known - day) / hourMs);
      return sumLines(
        this.brokersBilledTo(account, day, known).flatMap((broker) => brokerLines(broker, day, this.anchor, untilHour)),
      );
    }
    const lines = this.finalUsage(account, day);
    return now >= finalFrom(day) ? lines : beforeRestatement(account, day, now, lines);
  }

  /** The same per broker, without the deviations of unfinished days. */
  resources(account: string, day: number, now: number): readonly BillLine[] {
    const untilHour = Math.min(24, Math.floor((billedUntil(now) - day) / hourMs));
    if (untilHour <= 0) return [];
    return this.brokersBilledTo(account, day, day + untilHour * hourMs).flatMap((broker) =>
      brokerLines(broker, day, this.anchor, untilHour).map((line) => ({ ...line, resourceId: broker.arn })),
    );
  }

  /** Everything on the bill of an account and day, as known at `now`. */
  lines(account: string, day: number, now: number): readonly BillLine[] {
    return [...this.usage(account, day, now), ...this.monthly(account, day, now), ...otherServices(account, day, now)];
  }

  /** Tax stands on the first of the month and grows with it; now and then AWS grants a credit. */
  private monthly(account: string, day: number, now: number): BillLine[] {
    if (day !== monthStart(day) || billedUntil(now) <= day) return [];
    const usage: BillLine[] = [];
    for (let each = day; each < nextMonth(day) && each < now; each += dayMs)
      usage.push(...this.usage(account, each, now));
    const total = usage.reduce((sum, line) => sum + line.amount, 0n);
    if (total === 0n) return [];
    const lines: BillLine[] = [
      billLine({
        service: mqServiceName,
        recordType: "Tax",
        usageType: "NoUsageType",
        operation: "NoOperation",
        region: "NoRegion",
        unit: "N/A",
        quantity: 0n,
        amount: (total * 8n) / 100n,
      }),
    ];
    const model = usage.find((line) => line.unit === "Hrs");
    if (model && unit(hashText(`credit/${account}`), Math.floor(day / dayMs)) < 0.18) {
      lines.push({
        ...model,
        recordType: "Credit",
        quantity: 0n,
        amount: -toE10("25") < -total ? -total : -toE10("25"),
      });
    }
    return lines;
  }
}

/** What a complete day looks like before it is final: late hours are missing for three days, storage is a bit high. */
function beforeRestatement(account: string, day: number, now: number, lines: readonly BillLine[]): readonly BillLine[] {
  const seed = hashText(`restate/${account}`);
  const index = Math.floor(day / dayMs);
  const late = now < day + 4 * dayMs && unit(seed, index) < 0.2;
  const storageHigh = unit(seed, index + 1_000_000) < 0.25;
  if (!late && !storageHigh) return lines;
  let lateLeft = late;
  return lines.map((line) => {
    if (lateLeft && line.unit === "Hrs" && line.quantity > one) {
      lateLeft = false;
      const hours = line.quantity / one;
      return { ...line, quantity: line.quantity - one, amount: line.amount - line.amount / hours };
    }
    if (storageHigh && line.unit === "GB-Month") return { ...line, amount: (line.amount * 1004n) / 1000n };
    return line;
  });
}

/** Other services on the same bill, so that whoever forgets to filter notices. */
function otherServices(account: string, day: number, now: number): BillLine[] {
  if (billedUntil(now) <= day) return [];
  const factor = BigInt(100 + (hashText(account) % 900));
  const line = (service: string, usageType: string, cents: bigint): BillLine =>
    billLine({
      service,
      recordType: "Usage",
      usageType,
      operation: "Unknown",
      region: "us-east-1",
      unit: "N/A",
      quantity: factor * one,
      amount: factor * cents * 1_000_000n,
    });
  return [
    line("AmazonCloudWatch", "USE1-CW:MetricMonitorUsage", 31n),
    line("AWS Key Management Service", "us-east-1-KMS-Requests", 3n),
  ];
}
