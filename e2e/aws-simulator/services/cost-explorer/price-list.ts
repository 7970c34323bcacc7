import { z } from "zod";
import prices from "@/lib/reference/data/prices.json";
import type { Broker, Engine } from "../../organisation/model";

/**
 * Prices the simulator bills with, in units of 10^-10 USD so that sums are exact. Where the published list of the
 * reference data knows a price, that one is billed. The rest is fiction, made so that it is plausible:
 * mq.m7g (missing from that list) follows the two secondary us-east-1 figures for clusters, scaled by size and by the
 * region's mq.m5.large; a type that nobody knows costs 1.1 times mq.m5.large; data transfer costs 0.01 per GB.
 */

const rowSchema = z.object({
  kind: z.string(),
  region: z.string().nullable().optional(),
  engine: z.string().nullable().optional(),
  deployment_mode: z.string().nullable().optional(),
  instance_type: z.string().nullable().optional(),
  storage_type: z.string().nullable().optional(),
  price_usd: z.string().nullable(),
  verified: z.boolean(),
});

/** Decimal text as an integer number of 10^-10. */
export function toE10(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(10, "0").slice(0, 10));
}

/** The decimal text of a number of 10^-10, without trailing zeros, as Cost Explorer writes amounts. */
export function fromE10(value: bigint): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(11, "0");
  const fraction = digits.slice(-10).replace(/0+$/, "");
  return `${negative ? "-" : ""}${digits.slice(0, -10)}${fraction ? `.${fraction}` : ""}`;
}

const hourly = new Map<string, bigint>();
const storage = new Map<string, bigint>();
for (const row of z.array(rowSchema).parse(prices.records)) {
  if (!row.price_usd || !row.region) continue;
  if (row.kind === "broker-hour") {
    hourly.set(`${row.region}|${row.engine}|${row.deployment_mode}|${row.instance_type}`, toE10(row.price_usd));
  }
  if (row.kind === "storage") storage.set(`${row.region}|${row.engine}|${row.storage_type}`, toE10(row.price_usd));
}

/** Size of an mq.m7g type in units of mq.m7g.large. */
const m7gSizes: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
};

function m5Large(region: string, engine: Engine, mode: string): bigint {
  return (
    hourly.get(`${region}|${engine}|${mode}|mq.m5.large`) ??
    hourly.get(`us-east-1|${engine}|${mode}|mq.m5.large`) ??
    toE10("0.288")
  );
}

/** Rounds to four decimals, as list prices are written. */
function fourDecimals(value: bigint): bigint {
  return ((value + 500_000n) / 1_000_000n) * 1_000_000n;
}

/** List price of one broker-hour (the whole deployment) in 10^-10 USD. */
export function hourlyPrice(broker: Pick<Broker, "region" | "engine" | "deploymentMode">, type: string): bigint {
  const listed = hourly.get(`${broker.region}|${broker.engine}|${broker.deploymentMode}|${type}`);
  if (listed !== undefined) return listed;
  const base = m5Large(broker.region, broker.engine, broker.deploymentMode);
  const [family, size = ""] = type.replace(/^mq\./, "").split(".");
  if (family !== "m7g") return fourDecimals((base * 11n) / 10n);
  const cluster = size === "medium" ? toE10("0.41") : toE10("0.8201") * BigInt(m7gSizes[size] ?? 1);
  const single = broker.deploymentMode === "CLUSTER_MULTI_AZ" ? cluster : cluster / 3n;
  return fourDecimals((single * base) / m5Large("us-east-1", broker.engine, broker.deploymentMode));
}

/** List price of a GB-month in 10^-10 USD; eu-west-1's EFS price is missing from the list and taken as 0.33. */
export function storagePrice(region: string, engine: Engine, type: "EFS" | "EBS"): bigint {
  return storage.get(`${region}|${engine}|${type}`) ?? toE10(type === "EFS" ? "0.33" : "0.11");
}

export const transferPrice = toE10("0.01");
