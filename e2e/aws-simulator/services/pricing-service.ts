import { z } from "zod";
import prices from "@/lib/reference/data/prices.json";
import { uuidOf } from "../organisation/seeded";
import { AwsError } from "../wire/aws-error";
import { decodeToken, encodeToken, pageOf } from "../wire/page-token";
import { amzJson, type Reply } from "../wire/reply";
import type { IncomingCall, MatchedCall, Service } from "./service";

const inputSchema = z.object({
  ServiceCode: z.string(),
  FormatVersion: z.literal("aws_v1").optional(),
  MaxResults: z.number().int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

const rowSchema = z.object({
  kind: z.string(),
  region: z.string().nullish(),
  engine: z.string().nullish(),
  deployment_mode: z.string().nullish(),
  instance_type: z.string().nullish(),
  storage_type: z.string().nullish(),
  price_usd: z.string().nullable(),
  unit: z.string(),
  as_of: z.string().nullish(),
  verified: z.boolean(),
});

/** The day the simulated list takes effect; the rows of the reference data are older. */
const publishedAt = "2026-11-01T00:00:00Z";

/** Every verified broker-hour of the reference data as a product of the price list, as JSON text. */
const products: readonly string[] = z
  .array(rowSchema)
  .parse(prices.records)
  .filter((row) => row.kind === "broker-hour" && row.verified && row.price_usd !== null && row.region)
  .map((row) => {
    const sku = uuidOf(`sku/${row.region}/${row.engine}/${row.deployment_mode}/${row.instance_type}`)
      .replaceAll("-", "")
      .slice(0, 16)
      .toUpperCase();
    const offer = `${sku}.JRTCKXETXF`;
    const rateCode = `${offer}.6YS6EN2CT7`;
    return JSON.stringify({
      product: {
        productFamily: "Broker Instances",
        attributes: {
          regionCode: row.region,
          brokerEngine: row.engine?.toUpperCase() === "RABBITMQ" ? "RabbitMQ" : "ActiveMQ",
          deploymentOption: row.deployment_mode === "SINGLE_INSTANCE" ? "Single-AZ" : "Multi-AZ",
          instanceType: row.instance_type,
          servicecode: "AmazonMQ",
        },
        sku,
      },
      serviceCode: "AmazonMQ",
      terms: {
        OnDemand: {
          [offer]: {
            effectiveDate: publishedAt,
            offerTermCode: "JRTCKXETXF",
            priceDimensions: {
              [rateCode]: {
                unit: "Hrs",
                beginRange: "0",
                endRange: "Inf",
                rateCode,
                pricePerUnit: { USD: `${Number(row.price_usd).toFixed(10)}` },
              },
            },
            sku,
          },
        },
      },
      version: "20261101000000",
      publicationDate: publishedAt,
    });
  });

function getProducts(call: IncomingCall): Reply {
  const parsed = inputSchema.safeParse(JSON.parse(call.body || "{}"));
  if (!parsed.success) throw new AwsError(400, "InvalidParameterException", z.prettifyError(parsed.error));
  const { ServiceCode, MaxResults, NextToken } = parsed.data;
  const all = ServiceCode === "AmazonMQ" ? products : [];
  const { offset = 0, page } = NextToken ? decodeToken(NextToken, "InvalidNextTokenException") : { offset: 0, page: 0 };
  const end = offset + MaxResults;
  return amzJson("json-1.1", {
    FormatVersion: "aws_v1",
    PriceList: all.slice(offset, end),
    NextToken: end < all.length ? encodeToken({ offset: end, page: page + 1 }) : undefined,
  });
}

/** The Price List API, JSON 1.1: the verified hourly prices of the reference data. */
export function pricingService(): Service {
  return {
    id: "pricing",
    protocolOf: () => "json-1.1",
    match: (call): MatchedCall | undefined => {
      if (call.target?.split(".").at(-1) !== "GetProducts") return undefined;
      const token = /"NextToken"\s*:\s*"([^"]+)"/.exec(call.body)?.[1];
      return { operation: "GetProducts", protocol: "json-1.1", page: pageOf(token), answer: () => getProducts(call) };
    },
  };
}
