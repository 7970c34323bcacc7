import { describe, expect, it } from "vitest";
import prices from "./data/prices.json";
import regions from "./data/regions.json";
import { findMqRegion, MQ_REGIONS, regionOfUsagePrefix, regionsOfPartition } from "./regions";

describe("regions", () => {
  it("hold every row, each with its source, and every region of the price list", () => {
    expect(MQ_REGIONS).toHaveLength(regions.records.length);
    expect(MQ_REGIONS.every((row) => row.source.length > 0)).toBe(true);
    const priced = new Set(
      prices.records.flatMap((row) => ("price_list_location" in row && row.region ? [row.region] : [])),
    );
    expect(priced.size).toBe(32);
    for (const region of priced) expect(findMqRegion(region), region).toBeDefined();
  });

  it("never give one short code to two regions", () => {
    const codes = MQ_REGIONS.flatMap((row) => [
      ...(row.usagePrefix ? [row.usagePrefix] : []),
      ...row.usagePrefixAliases,
    ]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("keep partitions apart", () => {
    expect(regionsOfPartition().map((row) => row.region)).toContain("us-east-1");
    expect(regionsOfPartition().some((row) => row.region.startsWith("cn-") || row.region.startsWith("us-gov-"))).toBe(
      false,
    );
    expect(regionsOfPartition("aws-us-gov").map((row) => row.region)).toEqual(["us-gov-east-1", "us-gov-west-1"]);
  });

  it.each([
    ["us-east-1", false],
    ["eu-west-1", false],
    ["ap-northeast-3", false],
    ["ap-east-1", true],
    ["eu-south-1", true],
    ["me-central-1", true],
    ["mx-central-1", true],
  ])("%s has to be enabled first: %s", (region, optIn) => {
    expect(findMqRegion(region)?.optIn).toBe(optIn);
  });

  it("trap: APS1 and APS2 are Singapore and Sydney, APS3 is Mumbai, EU is Ireland", () => {
    expect(["APS1", "APS2", "APS3", "EU"].map((code) => regionOfUsagePrefix(code)?.region)).toEqual([
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-south-1",
      "eu-west-1",
    ]);
    expect(regionOfUsagePrefix("XYZ9")).toBeUndefined();
  });
});
