import { describe, expect, it } from "vitest";
import { normalizeProduct } from "./normalize";

/** Shape of https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html */
const product = (more: object = {}, price: Record<string, string> = { USD: "0.2880000000" }) => ({
  product: {
    productFamily: "Broker Instances",
    attributes: {
      regionCode: "us-east-1",
      brokerEngine: "ActiveMQ",
      deploymentOption: "Single-AZ",
      instanceType: "mq.m5.large",
      usagetype: "mq.m5.large-Single-AZ",
    },
    sku: "ABC",
  },
  terms: {
    OnDemand: {
      "ABC.T": {
        effectiveDate: "2026-11-01T00:00:00Z",
        priceDimensions: { "ABC.T.R": { unit: "Hrs", rateCode: "ABC.T.R", pricePerUnit: price, ...more } },
      },
    },
  },
  publicationDate: "2026-11-13T18:01:22Z",
});
const normalized = (value: unknown) => normalizeProduct(JSON.stringify(value));

describe("normalizing a product of the price list", () => {
  it("keeps the amount as the text AWS sent, with its dates and what it is for", () => {
    expect(normalized(product())).toEqual([
      {
        sku: "ABC",
        rateCode: "ABC.T.R",
        effectiveOn: "2026-11-01",
        publishedOn: "2026-11-13",
        productFamily: "Broker Instances",
        region: "us-east-1",
        engine: "ACTIVEMQ",
        deploymentOption: "Single-AZ",
        instanceType: "mq.m5.large",
        usageType: "mq.m5.large-Single-AZ",
        unit: "Hrs",
        price: "0.2880000000",
        currency: "USD",
      },
    ]);
  });

  it("keeps currencies apart", () => {
    const both = normalized(product({}, { CNY: "1.9000000000", USD: "0.2880000000" }));
    expect(both.map(({ currency, price }) => `${price} ${currency}`)).toEqual(["1.9000000000 CNY", "0.2880000000 USD"]);
  });

  it("has no price of a product that cannot be bought by the hour", () => {
    expect(normalized({ ...product(), terms: {} })).toEqual([]);
  });

  it.each([
    ["a price that is no decimal", product({}, { USD: "free" })],
    ["a product without SKU", { ...product(), product: {} }],
    ["a text", "x"],
  ])("refuses %s", (_what, value) => {
    expect(() => normalized(value)).toThrow(/price|product/);
  });

  it("refuses what is not JSON without quoting it", () => {
    expect(() => normalizeProduct("{secret")).toThrow(/^a product that is not JSON$/);
  });
});
