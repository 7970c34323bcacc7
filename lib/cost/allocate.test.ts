import { describe, expect, it } from "vitest";
import { allocateAccountDay, type UsageLine } from "@/lib/cost/allocate";
import type { DayAllocation } from "@/lib/cost/allocation-book";
import { amountUnitsToText } from "@/lib/cost/amount-units";
import type { BrokerOnDay } from "@/lib/cost/broker-on-day";
import { Decimal } from "@/lib/domain/money";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function broker(brokerKey: string, override: Partial<BrokerOnDay> & { type?: string; ms?: number } = {}): BrokerOnDay {
  const { type = "mq.m5.large", ms = DAY, ...rest } = override;
  return {
    brokerKey,
    region: "us-east-1",
    engine: "RABBITMQ",
    deploymentMode: "CLUSTER_MULTI_AZ",
    storageType: "EBS",
    existingMs: ms,
    surelyExistingMs: ms,
    stays: [{ instanceType: type, sureMs: ms, possibleMs: 0 }],
    storageSizeGb: null,
    ...rest,
  };
}

function line(usageType: string, unblended: string, override: Partial<UsageLine> = {}): UsageLine {
  return {
    usageType,
    unblended: new Decimal(unblended),
    usageQuantity: null,
    usageUnit: null,
    currency: "USD",
    estimated: false,
    ...override,
  };
}

const hours = (count: string) => ({ usageQuantity: new Decimal(count), usageUnit: "Hrs" });
const CLUSTER = "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large";

/** broker -> "amount basis method" per component, and what was left. */
function brief(result: DayAllocation) {
  return {
    shares: Object.fromEntries(
      result.shares.map((s) => [
        `${s.brokerKey} ${s.component}`,
        `${amountUnitsToText(s.units)} ${s.basis} ${s.method}`,
      ]),
    ),
    unplaced: result.unplaced.map((u) => `${u.usageType} ${amountUnitsToText(u.units)} ${u.reason}`),
  };
}

describe("allocating instance hours", () => {
  it("spreads a line by hours over the brokers that can have produced it, and over no others", () => {
    const result = allocateAccountDay(
      [line(CLUSTER, "31.104", hours("36"))],
      [
        broker("a"),
        broker("b", { ms: 12 * HOUR }),
        broker("other-region", { region: "eu-west-1" }),
        broker("other-engine", { engine: "ACTIVEMQ" }),
        broker("other-mode", { deploymentMode: "SINGLE_INSTANCE" }),
        broker("other-type", { type: "mq.m5.xlarge" }),
        broker("not-there", { ms: 0 }),
      ],
    );
    expect(brief(result)).toEqual({
      shares: { "a instance": "20.736 allocated hours", "b instance": "10.368 allocated hours" },
      unplaced: [],
    });
  });

  it("gives a broker that replaced another in mid-day the hours of its own", () => {
    const result = allocateAccountDay(
      [line(CLUSTER, "24", hours("24"))],
      [broker("new", { ms: 9 * HOUR }), broker("old", { ms: 15 * HOUR })],
    );
    expect(brief(result).shares).toEqual({
      "new instance": "9 allocated hours",
      "old instance": "15 allocated hours",
    });
  });

  it("gives a resized broker a share of both types' lines", () => {
    const resized = broker("a", {
      stays: [
        { instanceType: "mq.m5.large", sureMs: 6 * HOUR, possibleMs: 0 },
        { instanceType: "mq.m5.xlarge", sureMs: 18 * HOUR, possibleMs: 0 },
      ],
    });
    const result = allocateAccountDay(
      [line(CLUSTER, "30", hours("30")), line("USE1-RabbitMQ-3-InstanceUsage:mq.m5.xlarge", "36", hours("18"))],
      [resized, broker("b")],
    );
    expect(brief(result).shares).toEqual({ "a instance": "42 allocated hours", "b instance": "24 allocated hours" });
  });

  it("lets the billed hours decide how much of the unobserved time was real", () => {
    const perhapsDeleted = broker("gone", {
      existingMs: DAY,
      surelyExistingMs: 0,
      stays: [{ instanceType: "mq.m5.large", sureMs: 0, possibleMs: DAY }],
    });
    const billed = (quantity: string) =>
      brief(allocateAccountDay([line(CLUSTER, quantity, hours(quantity))], [perhapsDeleted, broker("there")])).shares;
    expect(billed("24")).toEqual({ "there instance": "24 allocated hours" });
    expect(billed("30")).toEqual({ "gone instance": "6 allocated hours", "there instance": "24 allocated hours" });
    expect(billed("48")).toEqual({ "gone instance": "24 allocated hours", "there instance": "24 allocated hours" });
  });

  it("leaves hours that no known broker can have used unplaced", () => {
    const result = allocateAccountDay([line(CLUSTER, "72", hours("72"))], [broker("a")]);
    expect(brief(result)).toEqual({
      shares: { "a instance": "24 allocated hours" },
      unplaced: [`${CLUSTER} 48 hours-of-unknown-brokers`],
    });
  });

  it("takes a started hour that AWS rounds up for the broker's own", () => {
    const result = allocateAccountDay([line(CLUSTER, "11", hours("11"))], [broker("a", { ms: 10.2 * HOUR })]);
    expect(brief(result)).toEqual({ shares: { "a instance": "11 allocated hours" }, unplaced: [] });
  });

  it("counts a part of a day as the whole when the bill covers no more", () => {
    const billedSoFar = [line(CLUSTER, "9", hours("9"))];
    expect(
      brief(allocateAccountDay(billedSoFar, [broker("a", { ms: 8 * HOUR })], { periodMs: 8 * HOUR })).unplaced,
    ).toHaveLength(1);
    expect(brief(allocateAccountDay(billedSoFar, [broker("a", { ms: 8 * HOUR })])).unplaced).toHaveLength(0);
  });

  it("calls a share ambiguous where the usage type proves no mode or engine", () => {
    const single = { deploymentMode: "SINGLE_INSTANCE" };
    const result = allocateAccountDay(
      [
        line("USE1-RabbitMQ-InstanceUsage:mq.m5.large", "24", hours("24")),
        line("USE2-InstanceUsage:mq.m5.large", "48", hours("48")),
      ],
      [
        broker("r", single),
        broker("x", { ...single, region: "us-east-2" }),
        broker("y", { region: "us-east-2", engine: "ACTIVEMQ", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" }),
      ],
    );
    expect(brief(result)).toEqual({
      shares: {
        "r instance": "24 ambiguous hours",
        "x instance": "24 ambiguous hours",
        "y instance": "24 ambiguous hours",
      },
      unplaced: [],
    });
    expect(result.totals).toEqual([
      {
        currency: "USD",
        billed: 72n * 10n ** 18n,
        allocated: 0n,
        ambiguous: 72n * 10n ** 18n,
        unallocated: 0n,
        estimated: false,
      },
    ]);
  });

  it("offers hours that a more specific line explains to no vaguer line", () => {
    const result = allocateAccountDay(
      [
        line("USE1-RabbitMQ-InstanceUsage:mq.m5.large", "7", hours("24")),
        line(CLUSTER, "21", hours("24")),
        line("USE1-ActiveMQ-InstanceUsage:mq.m5.large", "5", hours("24")),
        line("USE1-ActiveMQ-Multi-AZ-InstanceUsage:mq.m5.large", "10", hours("24")),
      ],
      [
        broker("cluster"),
        broker("single", { deploymentMode: "SINGLE_INSTANCE" }),
        broker("pair", { engine: "ACTIVEMQ", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" }),
        broker("lone", { engine: "ACTIVEMQ", deploymentMode: "SINGLE_INSTANCE" }),
      ],
    );
    expect(brief(result)).toEqual({
      shares: {
        "cluster instance": "21 allocated hours",
        "single instance": "7 ambiguous hours",
        "pair instance": "10 ambiguous hours",
        "lone instance": "5 ambiguous hours",
      },
      unplaced: [],
    });
  });

  it("leaves a vague line unplaced when all hours are explained by other lines", () => {
    const vague = "USE1-RabbitMQ-InstanceUsage:mq.m5.large";
    const result = allocateAccountDay([line(vague, "7", hours("24")), line(CLUSTER, "21", hours("24"))], [broker("a")]);
    expect(brief(result)).toEqual({
      shares: { "a instance": "21 allocated hours" },
      unplaced: [`${vague} 7 hours-of-unknown-brokers`],
    });
  });

  it("prefers brokers whose attributes were observed; without any, those never observed are ambiguous", () => {
    const unobserved = broker("never-described", {
      deploymentMode: null,
      stays: [{ instanceType: null, sureMs: DAY, possibleMs: 0 }],
    });
    const lines = [line(CLUSTER, "24", hours("24"))];
    expect(brief(allocateAccountDay(lines, [broker("a"), unobserved])).shares).toEqual({
      "a instance": "24 allocated hours",
    });
    expect(brief(allocateAccountDay(lines, [unobserved])).shares).toEqual({
      "never-described instance": "24 ambiguous hours",
    });
  });
});

describe("allocating storage, transfer and the rest", () => {
  const two = [broker("a", { storageSizeGb: 600 }), broker("b", { storageSizeGb: 200, ms: 12 * HOUR })];

  it("spreads storage by reported usage when every candidate reports it", () => {
    const efs = { engine: "ACTIVEMQ", storageType: "EFS", deploymentMode: "SINGLE_INSTANCE" };
    const result = allocateAccountDay(
      [line("USE1-TimedStorage-ByteHrs", "4")],
      [broker("a", efs), broker("b", { ...efs, ms: 12 * HOUR }), broker("ebs", { ...efs, storageType: "EBS" })],
      {
        storageUsageGb: new Map([
          ["a", 30],
          ["b", 20],
          ["ebs", 99],
        ]),
      },
    );
    expect(brief(result).shares).toEqual({
      "a storage": "3 allocated reported-usage",
      "b storage": "1 allocated reported-usage",
    });
  });

  it("spreads it evenly by hours when one of them does not report, and says so", () => {
    const efs = { engine: "ACTIVEMQ", storageType: "EFS", deploymentMode: "SINGLE_INSTANCE" };
    const result = allocateAccountDay(
      [line("USE1-TimedStorage-ByteHrs", "3")],
      [broker("a", efs), broker("b", { ...efs, ms: 12 * HOUR })],
      { storageUsageGb: new Map([["a", 30]]) },
    );
    expect(brief(result).shares).toEqual({ "a storage": "2 allocated hours", "b storage": "1 allocated hours" });
  });

  it("says that RabbitMQ's storage was cut by provisioned size", () => {
    expect(brief(allocateAccountDay([line("TimedStorage-RabbitMQ-ByteHrs", "7")], two)).shares).toEqual({
      "a storage": "6 allocated provisioned-size",
      "b storage": "1 allocated provisioned-size",
    });
  });

  it("spreads by hours when nobody uses any storage", () => {
    const storageUsageGb = new Map([
      ["a", 0],
      ["b", 0],
    ]);
    const empty = [broker("a"), broker("b")];
    expect(
      brief(allocateAccountDay([line("TimedStorage-RabbitMQ-ByteHrs", "2")], empty, { storageUsageGb })).shares,
    ).toEqual({
      "a storage": "1 allocated hours",
      "b storage": "1 allocated hours",
    });
  });

  it("spreads transfer over the region and calls it ambiguous", () => {
    expect(brief(allocateAccountDay([line("USE1-DataTransfer-Regional-Bytes", "3")], two)).shares).toEqual({
      "a transfer": "2 ambiguous hours",
      "b transfer": "1 ambiguous hours",
    });
  });

  it("gives nothing to a broker that is merely possible while others were surely there", () => {
    const ghost = broker("ghost", { surelyExistingMs: 0 });
    expect(
      brief(allocateAccountDay([line("TimedStorage-RabbitMQ-ByteHrs", "2")], [ghost, broker("a")])).shares,
    ).toEqual({ "a storage": "2 allocated hours" });
  });

  it.each([
    ["USE1-CRDR-ReplicatedBytes", "unknown-usage-type"],
    ["ZZZ9-RabbitMQ-3-InstanceUsage:mq.m5.large", "unknown-region"],
    ["EU-RabbitMQ-3-InstanceUsage:mq.m5.large", "no-such-broker"],
  ])("leaves %s unplaced: %s", (usageType, reason) => {
    const result = allocateAccountDay([line(usageType, "1.5")], [broker("a")]);
    expect(brief(result)).toEqual({ shares: {}, unplaced: [`${usageType} 1.5 ${reason}`] });
    expect(result.totals[0]).toMatchObject({ billed: 15n * 10n ** 17n, unallocated: 15n * 10n ** 17n });
  });
});

describe("reconciliation", () => {
  it("keeps currencies apart", () => {
    const result = allocateAccountDay(
      [line(CLUSTER, "1", hours("24")), line(CLUSTER, "7", { ...hours("24"), currency: "CNY" })],
      [broker("a")],
    );
    expect(result.totals.map((t) => [t.currency, amountUnitsToText(t.billed), amountUnitsToText(t.allocated)])).toEqual(
      [
        ["CNY", "7", "7"],
        ["USD", "1", "1"],
      ],
    );
  });

  it("gives the last digit of an amount that cannot be cut to the first broker", () => {
    const result = allocateAccountDay([line(CLUSTER, "1e-18")], [broker("b"), broker("a")]);
    expect(brief(result).shares).toEqual({
      "a instance": "0.000000000000000001 allocated hours",
      "b instance": "0 allocated hours",
    });
  });

  it("spreads a credit of a restatement as it spread the charge", () => {
    const result = allocateAccountDay(
      [line(CLUSTER, "-3", { usageQuantity: new Decimal("-1"), usageUnit: "Hrs" })],
      [broker("a"), broker("b", { ms: 12 * HOUR })],
    );
    expect(brief(result).shares).toEqual({ "a instance": "-2 allocated hours", "b instance": "-1 allocated hours" });
  });

  it("is estimated as soon as one line of the currency is", () => {
    const result = allocateAccountDay([line(CLUSTER, "1"), line("MQ:x", "1", { estimated: true })], [broker("a")]);
    expect(result.totals.map((t) => t.estimated)).toEqual([true]);
  });
});
