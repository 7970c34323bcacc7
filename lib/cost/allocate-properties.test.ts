import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateAccountDay } from "@/lib/cost/allocate";
import { amountUnitsToText } from "@/lib/cost/amount-units";
import { Decimal } from "@/lib/domain/money";

const DAY = 86_400_000;
const CLUSTER = "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large";

describe("allocation of random bills to random fleets", () => {
  const usageTypes = [
    CLUSTER,
    "RabbitMQ-InstanceUsage:mq.m5.large",
    "EU-RabbitMQ-3-InstanceUsage:mq.m7g.large",
    "EU-ActiveMQ-InstanceUsage:mq.m5.large",
    "EU-ActiveMQ-Multi-AZ-InstanceUsage:mq.m5.large",
    "InstanceUsage:mq.t3.micro",
    "USE1-TimedStorage-RabbitMQ-ByteHrs",
    "EU-TimedStorage-ByteHrs",
    "TimedStorage-EBS-ByteHrs",
    "MQ:StorageUsage",
    "EU-DataTransfer-Regional-Bytes",
    "XXX7-Something",
    "NoUsageType",
  ];
  const amount = fc
    .oneof(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: -3n, max: 3n }), fc.constant(0n))
    .map((units) => new Decimal(amountUnitsToText(units)));
  const lines = fc.array(
    fc.record({
      usageType: fc.constantFrom(...usageTypes),
      unblended: amount,
      usageQuantity: fc.option(
        fc.integer({ min: -5_000, max: 3_000_000 }).map((n) => new Decimal(n).div(1_000)),
        { nil: null },
      ),
      usageUnit: fc.constantFrom("Hrs", "GB-Month", "", null),
      currency: fc.constantFrom("USD", "CNY"),
      estimated: fc.boolean(),
    }),
    { maxLength: 30 },
  );
  const stay = fc.record({
    instanceType: fc.constantFrom("mq.m5.large", "mq.m7g.large", "mq.t3.micro", null),
    sureMs: fc.integer({ min: 0, max: DAY }),
    possibleMs: fc.integer({ min: 0, max: DAY }),
  });
  const fleet = fc.uniqueArray(
    fc.record({
      brokerKey: fc.string({ minLength: 1, maxLength: 4 }),
      region: fc.constantFrom("us-east-1", "eu-west-1"),
      engine: fc.constantFrom("RABBITMQ", "ACTIVEMQ", null),
      deploymentMode: fc.constantFrom("SINGLE_INSTANCE", "CLUSTER_MULTI_AZ", "ACTIVE_STANDBY_MULTI_AZ", null),
      storageType: fc.constantFrom("EBS", "EFS", null),
      existingMs: fc.integer({ min: 0, max: DAY }),
      surelyExistingMs: fc.integer({ min: 0, max: DAY }),
      stays: fc.array(stay, { maxLength: 3 }),
      storageSizeGb: fc.option(fc.integer({ min: 5, max: 600 }), { nil: null }),
    }),
    { selector: (b) => b.brokerKey, maxLength: 60 },
  );

  const usage = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.double({ min: 0, max: 200, noNaN: true }));

  it("adds up to the billed total to the last digit, for random fleets and bills", () => {
    fc.assert(
      fc.property(lines, fleet, usage, (bill, brokers, usageOf) => {
        const everybody = Object.fromEntries(brokers.map((b, index) => [b.brokerKey, index / 7]));
        const reported = Object.keys(usageOf).length % 2 === 0 ? usageOf : everybody;
        const storageUsageGb = new Map(Object.entries(reported));
        const result = allocateAccountDay(bill, brokers, { storageUsageGb });
        const currencies = [...new Set(bill.map((l) => l.currency))].sort();
        expect(result.totals.map((t) => t.currency)).toEqual(currencies);
        for (const totals of result.totals) {
          const of = <T extends { currency: string; units: bigint }>(parts: readonly T[]) =>
            parts.filter((p) => p.currency === totals.currency).reduce((sum, p) => sum + p.units, 0n);
          const billed = bill
            .filter((l) => l.currency === totals.currency)
            .reduce((sum, l) => sum.plus(l.unblended), new Decimal(0));
          expect(amountUnitsToText(totals.billed)).toBe(billed.toFixed());
          expect(of(result.shares) + of(result.unplaced)).toBe(totals.billed);
          expect(totals.allocated + totals.ambiguous + totals.unallocated).toBe(totals.billed);
          expect(of(result.shares.filter((s) => s.basis === "ambiguous"))).toBe(totals.ambiguous);
        }
        const there = new Set(brokers.filter((b) => b.existingMs > 0).map((b) => b.brokerKey));
        expect(result.shares.every((share) => there.has(share.brokerKey))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on the order of brokers or lines", () => {
    fc.assert(
      fc.property(lines, fleet, fc.integer(), (bill, brokers, seed) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((item, index) => ({ item, key: Math.imul(index + 1, seed | 1) }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(allocateAccountDay(shuffled(bill), shuffled(brokers))).toEqual(allocateAccountDay(bill, brokers));
      }),
    );
  });
});
