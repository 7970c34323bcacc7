import { describe, expect, it } from "vitest";
import { Decimal, moneyToText } from "@/lib/domain/money";
import { parsePlainDate } from "@/lib/domain/plain-date";
import data from "./data/prices.json";
import {
  BILLING_NAMES,
  brokerHourPrice,
  buildPriceList,
  SHIPPED_PRICES as list,
  priceListAsOf,
  storagePrice,
} from "./prices";

function hour(region: string, engine: string, deploymentMode: string, instanceType: string) {
  const found = brokerHourPrice(list, { region, engine, deploymentMode, instanceType });
  return found.known ? moneyToText(found.price) : found.reason;
}

describe("the shipped price list", () => {
  it("has every row with source, and as many unverified ones as the data", () => {
    expect(list.prices).toHaveLength(786);
    expect(list.prices).toHaveLength(data.records.length);
    expect(list.prices.filter((row) => row.verified)).toHaveLength(726);
    expect(list.prices.every((row) => row.source !== "")).toBe(true);
    expect(BILLING_NAMES).toHaveLength(data.naming.length);
    expect(BILLING_NAMES.filter((row) => !row.verified)).toHaveLength(
      data.naming.filter((row) => !row.verified).length,
    );
  });

  it("keeps each figure exactly as listed", () => {
    for (const [index, row] of data.records.entries()) {
      const usd = list.prices[index]?.usd;
      expect(usd ? usd.equals(new Decimal(row.price_usd ?? "-1")) : row.price_usd === null).toBe(true);
    }
  });

  it("is as old as its publication, not as the day it was collected", () => {
    expect(priceListAsOf(list)).toBe("2025-02-13");
  });
});

describe("prices per broker-hour", () => {
  it.each([
    ["us-east-1", "ACTIVEMQ", "SINGLE_INSTANCE", "mq.t3.micro", "0.02704"],
    ["us-east-1", "ACTIVEMQ", "SINGLE_INSTANCE", "mq.m5.large", "0.288"],
    ["us-east-1", "ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", "mq.m5.large", "0.576"],
    ["us-east-1", "RABBITMQ", "SINGLE_INSTANCE", "mq.m5.xlarge", "0.576"],
    ["us-east-1", "RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m5.xlarge", "1.728"],
  ])("in %s, %s %s %s is $%s", (region, engine, mode, type, usd) => {
    expect(hour(region, engine, mode, type)).toBe(usd);
  });

  it("agree with the public calculator test: 730 hours of a cluster of m5.xlarge cost $1,261.44", () => {
    const found = brokerHourPrice(list, {
      region: "us-east-1",
      engine: "RABBITMQ",
      deploymentMode: "CLUSTER_MULTI_AZ",
      instanceType: "mq.m5.xlarge",
    });
    expect(found.known && found.price.amount.times(730).toFixed()).toBe("1261.44");
  });

  it("are looked up, not doubled: active/standby m5.xlarge in Bahrain is 1.413, not twice 0.705", () => {
    expect(hour("me-south-1", "ACTIVEMQ", "SINGLE_INSTANCE", "mq.m5.xlarge")).toBe("0.705");
    expect(hour("me-south-1", "ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", "mq.m5.xlarge")).toBe("1.413");
  });

  it.each([
    ["us-east-1", "RABBITMQ", "SINGLE_INSTANCE", "mq.m7g.large", /^No list price/],
    ["ap-east-2", "RABBITMQ", "SINGLE_INSTANCE", "mq.m5.large", /^No list price/],
    ["us-east-1", "ACTIVEMQ", "CLUSTER_MULTI_AZ", "mq.m5.large", /^No list price/],
    ["us-east-1", "RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m7g.medium", /^Only an unverified/],
    ["ap-southeast-5", "RABBITMQ", "SINGLE_INSTANCE", "mq.m5.large", /^Only an unverified/],
    ["me-south-1", "RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m7g.large", /^No list price/],
  ])("are unknown, never zero, for %s %s %s %s", (region, engine, mode, type, reason) => {
    expect(hour(region, engine, mode, type)).toMatch(reason);
  });

  it("offer an unverified figure apart", () => {
    const found = brokerHourPrice(list, {
      region: "us-east-1",
      engine: "RABBITMQ",
      deploymentMode: "CLUSTER_MULTI_AZ",
      instanceType: "mq.m7g.medium",
    });
    expect(found.known ? null : found.unverified).toMatchObject({ verified: false, asOf: "2026-09-11" });
    expect(found.known ? null : found.unverified?.usd?.toFixed()).toBe("0.41");
  });

  it("come from the newest verified row where a newer list was loaded beside the old one", () => {
    const [row] = list.prices;
    if (!row) throw new Error("no rows");
    const newer = { ...row, usd: new Decimal("0.61"), asOf: parsePlainDate("2026-09-11") };
    const merged = buildPriceList([newer, ...list.prices]);
    const found = brokerHourPrice(merged, {
      region: "us-east-1",
      engine: "ACTIVEMQ",
      deploymentMode: "ACTIVE_STANDBY_MULTI_AZ",
      instanceType: "mq.m4.large",
    });
    expect(found).toMatchObject({ known: true, asOf: "2026-09-11" });
    expect(found.known && moneyToText(found.price)).toBe("0.61");
  });
});

describe("prices of storage", () => {
  it.each([
    ["us-east-1", "ACTIVEMQ", "EFS", "0.3"],
    ["us-east-1", "ACTIVEMQ", "EBS", "0.1"],
    ["us-east-1", "RABBITMQ", "EBS", "0.1"],
  ])("in %s for %s on %s is $%s per GB-month", (region, engine, storageType, usd) => {
    const found = storagePrice(list, { region, engine, storageType });
    expect(found.known && moneyToText(found.price)).toBe(usd);
    expect(found.known && found.unit).toBe("USD per GB-month");
  });

  it("is unverified for RabbitMQ elsewhere, and unknown where the catalogue has a hole", () => {
    expect(storagePrice(list, { region: "eu-central-1", engine: "RABBITMQ", storageType: "EBS" })).toMatchObject({
      known: false,
      unverified: { verified: false },
    });
    expect(storagePrice(list, { region: "eu-west-1", engine: "ACTIVEMQ", storageType: "EFS" })).toMatchObject({
      known: false,
      unverified: null,
    });
  });
});
