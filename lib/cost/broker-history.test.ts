import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BrokerHistory,
  brokerOnDay,
  classificationOn,
  isSteady,
  type ValueChange,
} from "@/lib/cost/broker-history";
import { addDays, instantAtStartUtc, parsePlainDate } from "@/lib/domain/plain-date";

const HOUR = 3_600_000;
const at = (text: string) => new Date(`${text}:00Z`);
const day = parsePlainDate;

function history(override: Partial<BrokerHistory> = {}): BrokerHistory {
  return {
    brokerKey: "1",
    region: "us-east-1",
    engine: "RABBITMQ",
    deploymentMode: "CLUSTER_MULTI_AZ",
    storageType: "EBS",
    storageSizeGb: 200,
    createdAt: at("2026-01-01T00:00"),
    firstSeenAt: at("2026-01-01T00:00"),
    goneAt: null,
    lastSeenAt: null,
    instanceType: "mq.m5.large",
    instanceTypeChanges: [],
    environment: "production",
    environmentChanges: [],
    ownerKey: "payments",
    ownerChanges: [],
    ...override,
  };
}

const hoursOn = (record: BrokerHistory, on: string, until: Date | null = null) => {
  const broker = brokerOnDay(record, day(on), until);
  return (
    broker && {
      existing: broker.existingMs / HOUR,
      surely: broker.surelyExistingMs / HOUR,
      stays: broker.stays.map((s) => `${s.instanceType} ${s.sureMs / HOUR}+${s.possibleMs / HOUR}`),
    }
  );
};

describe("brokerOnDay", () => {
  it("has no broker before its creation or after it was gone", () => {
    const record = history({
      createdAt: at("2026-03-10T10:30"),
      firstSeenAt: at("2026-03-10T12:00"),
      goneAt: at("2026-03-12T06:00"),
    });
    expect(hoursOn(record, "2026-03-09")).toBeNull();
    expect(hoursOn(record, "2026-03-13")).toBeNull();
    expect(hoursOn(record, "2026-03-11")).toEqual({ existing: 24, surely: 24, stays: ["mq.m5.large 24+0"] });
  });

  it("counts the first day from the creation; before the first observation the type is only possible", () => {
    const record = history({ createdAt: at("2026-03-10T10:30"), firstSeenAt: at("2026-03-10T12:00") });
    expect(hoursOn(record, "2026-03-10")).toEqual({ existing: 13.5, surely: 13.5, stays: ["mq.m5.large 12+1.5"] });
  });

  it("is sure of a broker now gone only up to the last observation of it", () => {
    const record = history({ lastSeenAt: at("2026-03-10T18:00"), goneAt: at("2026-03-12T06:00") });
    expect(hoursOn(record, "2026-03-10")).toEqual({ existing: 24, surely: 18, stays: ["mq.m5.large 18+6"] });
    expect(hoursOn(record, "2026-03-11")).toEqual({ existing: 24, surely: 0, stays: ["mq.m5.large 0+24"] });
    expect(hoursOn(record, "2026-03-12")).toEqual({ existing: 6, surely: 0, stays: ["mq.m5.large 0+6"] });
  });

  it("counts no further than the bill was read", () => {
    expect(hoursOn(history(), "2026-03-10", at("2026-03-10T08:00"))?.existing).toBe(8);
    expect(hoursOn(history(), "2026-03-10", at("2026-03-12T08:00"))?.existing).toBe(24);
    expect(hoursOn(history(), "2026-03-10", at("2026-03-09T08:00"))).toBeNull();
  });

  it("knows the type of each hour, and both where nobody looked in between", () => {
    const record = history({
      instanceType: "mq.m5.xlarge",
      instanceTypeChanges: [
        {
          from: "mq.m5.large",
          to: "mq.m5.xlarge",
          observedAt: at("2026-03-10T18:00"),
          possibleFrom: at("2026-03-10T12:00"),
        },
      ],
    });
    expect(hoursOn(record, "2026-03-09")?.stays).toEqual(["mq.m5.large 24+0"]);
    expect(hoursOn(record, "2026-03-10")?.stays).toEqual(["mq.m5.large 12+6", "mq.m5.xlarge 6+6"]);
    expect(hoursOn(record, "2026-03-11")?.stays).toEqual(["mq.m5.xlarge 24+0"]);
  });

  it("adds up the stays of a type that came back", () => {
    const change = (from: string, to: string, observedAt: Date) => ({ from, to, observedAt, possibleFrom: null });
    const record = history({
      instanceTypeChanges: [
        change("mq.m5.large", "mq.m5.xlarge", at("2026-03-10T06:00")),
        change("mq.m5.xlarge", "mq.m5.large", at("2026-03-10T16:00")),
      ],
    });
    expect(hoursOn(record, "2026-03-10")?.stays).toEqual(["mq.m5.large 14+0", "mq.m5.xlarge 10+0"]);
  });
});

describe("classificationOn", () => {
  const change = (from: string | null | undefined, to: string | null, observedAt: Date) => ({
    from,
    to,
    observedAt,
    possibleFrom: null,
  });

  it("gives a day's cost to the owner and environment at its end", () => {
    const record = history({
      ownerKey: "orders",
      ownerChanges: [change("payments", null, at("2026-03-10T08:00")), change(null, "orders", at("2026-03-12T00:00"))],
      environment: "production",
      environmentChanges: [change("staging", "production", at("2026-03-11T23:59"))],
    });
    const on = (text: string) => classificationOn(record, day(text));
    expect(on("2026-03-09")).toEqual({ ownerKey: "payments", environment: "staging" });
    expect(on("2026-03-10")).toEqual({ ownerKey: null, environment: "staging" });
    expect(on("2026-03-11")).toEqual({ ownerKey: null, environment: "production" });
    expect(on("2026-03-12")).toEqual({ ownerKey: "orders", environment: "production" });
  });

  it("takes the first value ever observed for the days before it", () => {
    const record = history({ ownerKey: "b", ownerChanges: [change(undefined, "b", at("2026-03-10T08:00"))] });
    expect(classificationOn(record, day("2026-01-01")).ownerKey).toBe("b");
    expect(classificationOn(history(), day("2020-01-01"))).toEqual({ ownerKey: "payments", environment: "production" });
  });
});

describe("isSteady", () => {
  const start = day("2026-03-01");
  const instant = fc
    .integer({ min: -4 * 24, max: 12 * 24 })
    .map((hours) => new Date(instantAtStartUtc(start).getTime() + hours * HOUR));
  const changes = fc.array(
    fc.record({
      observedAt: instant,
      possibleFrom: fc.option(instant, { nil: null }),
      value: fc.constantFrom("x", "y"),
    }),
    { maxLength: 3 },
  );
  const valueChanges = (list: { observedAt: Date; possibleFrom: Date | null; value: string }[]): ValueChange[] =>
    [...list]
      .sort((a, b) => a.observedAt.getTime() - b.observedAt.getTime())
      .map((c, index, all) => ({
        from: all[index - 1]?.value ?? "start",
        to: c.value,
        observedAt: c.observedAt,
        possibleFrom: c.possibleFrom && c.possibleFrom < c.observedAt ? c.possibleFrom : null,
      }));

  it("promises the same broker on each day in between", () => {
    const histories = fc.record({
      createdAt: instant,
      firstSeenAt: instant,
      goneAt: fc.option(instant, { nil: null }),
      lastSeenAt: fc.option(instant, { nil: null }),
      types: changes,
      owners: changes,
    });
    let steady = 0;
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 8 }), (given, days) => {
        const record = history({
          ...given,
          instanceTypeChanges: valueChanges(given.types),
          ownerChanges: valueChanges(given.owners),
        });
        const end = addDays(start, days);
        if (!isSteady(record, instantAtStartUtc(start), instantAtStartUtc(end))) return;
        steady += 1;
        const first = brokerOnDay(record, start, null);
        expect(first?.surelyExistingMs).toBe(24 * HOUR);
        for (let index = 1; index < days; index += 1) {
          expect(brokerOnDay(record, addDays(start, index), null)).toEqual(first);
          expect(classificationOn(record, addDays(start, index))).toEqual(classificationOn(record, start));
        }
      }),
      { numRuns: 2_000 },
    );
    expect(steady).toBeGreaterThan(20);
  });

  it("holds for a broker without changes, not for one that is created, gone or handed over meanwhile", () => {
    const month = [at("2026-03-01T00:00"), at("2026-04-01T00:00")] as const;
    expect(isSteady(history(), ...month)).toBe(true);
    expect(isSteady(history({ createdAt: at("2026-03-02T00:00") }), ...month)).toBe(false);
    expect(isSteady(history({ goneAt: at("2026-05-01T00:00"), lastSeenAt: at("2026-03-31T00:00") }), ...month)).toBe(
      false,
    );
    const handOver = { from: "a", to: "b", possibleFrom: null, observedAt: at("2026-03-31T12:00") };
    expect(isSteady(history({ ownerChanges: [handOver] }), ...month)).toBe(false);
  });
});
