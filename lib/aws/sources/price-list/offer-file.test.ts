import { describe, expect, it } from "vitest";
import { normalizeProduct } from "./normalize";
import { normalizeOfferFile } from "./offer-file";

/** Shape of https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonMQ/current/index.json, cut to two products. */
const product = {
  sku: "ABC",
  productFamily: "Broker Instances",
  attributes: {
    servicecode: "AmazonMQ",
    location: "US East (N. Virginia)",
    locationType: "AWS Region",
    instanceType: "mq.m5.large",
    usagetype: "USE1-mq.m5.large-Single-AZ",
    operation: "CreateBroker:0001",
    regionCode: "us-east-1",
    brokerEngine: "ActiveMQ",
    deploymentOption: "Single-AZ",
    servicename: "Amazon MQ",
  },
};
const terms = {
  "ABC.JRTCKXETXF": {
    offerTermCode: "JRTCKXETXF",
    sku: "ABC",
    effectiveDate: "2026-11-01T00:00:00Z",
    priceDimensions: {
      "ABC.JRTCKXETXF.6YS6EN2CT7": {
        rateCode: "ABC.JRTCKXETXF.6YS6EN2CT7",
        description: "$0.288 per hour",
        beginRange: "0",
        endRange: "Inf",
        unit: "Hrs",
        pricePerUnit: { USD: "0.2880000000" },
        appliesTo: [],
      },
    },
    termAttributes: {},
  },
};
const file = {
  formatVersion: "v1.0",
  disclaimer: "…",
  offerCode: "AmazonMQ",
  version: "20261113180122",
  publicationDate: "2026-11-13T18:01:22Z",
  products: { ABC: product, DEF: { ...product, sku: "DEF" } },
  terms: { OnDemand: { ABC: terms } },
};

describe("normalizeOfferFile", () => {
  const ofApi = JSON.stringify({ product, terms: { OnDemand: terms }, publicationDate: file.publicationDate });

  it("says of a product what the Pricing API says of it; a product without a price has none", () => {
    expect(normalizeOfferFile(file)).toEqual(normalizeProduct(ofApi));
    expect(normalizeOfferFile(file)).toMatchObject([{ sku: "ABC", price: "0.2880000000", publishedOn: "2026-11-13" }]);
  });

  it("reads the saved answer of GetProducts", () => {
    expect(normalizeOfferFile({ FormatVersion: "aws_v1", PriceList: [ofApi] })).toEqual(normalizeProduct(ofApi));
  });

  it.each([
    ["another service", { ...file, offerCode: "AmazonEC2" }, "AmazonEC2"],
    ["another file", { products: {} }, "no offer file"],
    ["a product that cannot be read", { ...file, products: { ABC: { ...product, sku: 1 } } }, "of a product"],
  ])("refuses %s", (_what, json, why) => {
    expect(() => normalizeOfferFile(json)).toThrow(why);
  });
});
