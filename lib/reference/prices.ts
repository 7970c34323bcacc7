import { type Engine, engineDisplayName, normalizeEngine } from "@/lib/domain/engine-version";
import type { Decimal, Money } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import data from "./data/prices.json";
import { openReferenceFile, type Provenance, ReferenceRow } from "./reference-row";

/** One list price. */
export interface Price extends Provenance {
  readonly kind: "broker-hour" | "storage" | "crdr" | "data-transfer" | "free-tier";
  /** Null where the source names no region, or names it ambiguously (see `regionText`). */
  readonly region: string | null;
  /** The region as the source has it. */
  readonly regionText: string | null;
  readonly engine: Engine | null;
  readonly deploymentMode: string | null;
  readonly instanceType: string | null;
  readonly storageType: string | null;
  /** US dollars per `unit`, exactly as listed; null when the source has no figure. */
  readonly usd: Decimal | null;
  readonly unit: string;
  /** Nodes that one broker-hour covers: a cluster's price already holds three, a pair's two. Never multiply by it. */
  readonly nodesIncluded: number | null;
  /** Publication day of the price list. */
  readonly asOf: PlainDate | null;
  readonly rateCode: string | null;
}

/** A price list as a value: the shipped one, or a newer one that an administrator loaded. */
export interface PriceList {
  readonly prices: readonly Price[];
  readonly find: (key: string) => readonly Price[];
}

/** What is known of a price. An unknown price is unknown: it is never zero and never computed from another row. */
export type PriceLookup =
  | {
      readonly known: true;
      readonly price: Money;
      readonly unit: string;
      readonly asOf: PlainDate;
      readonly row: Price;
    }
  | {
      readonly known: false;
      readonly reason: string;
      /** An unverified figure, to be shown as such beside "unknown"; never to be computed with unless a person chose to. */
      readonly unverified: Price | null;
    };

/** A name under which Amazon MQ appears on bills and in the price list, with what is known about it. */
export interface BillingName extends Provenance {
  readonly item: string;
  /** Text, or JSON of several texts. */
  readonly value: string;
}

/** Offer code and Cost and Usage Report product code. Source: infracost; AWS CUR Query Library. */
export const MQ_SERVICE_CODE = "AmazonMQ";
/** Expected value of Cost Explorer's SERVICE dimension; not verified, so it is discovered with GetDimensionValues. */
export const EXPECTED_COST_EXPLORER_SERVICE = "Amazon MQ";

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
const file = openReferenceFile("prices", data);

/** The list that is shipped. Source: AWS Pricing Calculator catalogue, publication 2025-02-13; no m7g rows but three unverified ones. */
export const SHIPPED_PRICES: PriceList = buildPriceList(file.rows.map(readPrice));

/** How billing names things, each with its source. */
export const BILLING_NAMES: readonly BillingName[] = new ReferenceRow("prices", data, file.collectedOn)
  .rows("naming")
  .map((row) => {
    const value = row.raw("value");
    return {
      item: row.text("item"),
      value: typeof value === "string" ? value : JSON.stringify(value),
      ...row.provenance,
    };
  });

/** What the collector noted: authority, anomalies, traps. */
export const PRICE_NOTES: readonly string[] = file.notes;

/** A price list of the given rows. */
export function buildPriceList(prices: readonly Price[]): PriceList {
  const index = new Map<string, Price[]>();
  for (const price of prices) {
    const key = keyOf(price);
    const rows = index.get(key);
    if (rows) rows.push(price);
    else index.set(key, [price]);
  }
  return { prices, find: (key) => index.get(key) ?? [] };
}

/** Price of one hour of a whole broker (all its nodes). */
export function brokerHourPrice(
  list: PriceList,
  broker: { region: string; engine: Engine; deploymentMode: string; instanceType: string },
): PriceLookup {
  const mode = broker.deploymentMode.replaceAll("_", " ").toLowerCase().replace("multi az", "multi-AZ");
  const what = `${engineDisplayName(broker.engine)} on ${broker.instanceType}, ${mode}, in ${broker.region}`;
  return lookup(list, { kind: "broker-hour", storageType: null, ...broker }, what);
}

/** Price of one GB-month of storage. Whether RabbitMQ bills provisioned or used GB is not confirmed: callers say which basis they assumed. */
export function storagePrice(
  list: PriceList,
  storage: { region: string; engine: Engine; storageType: string },
): PriceLookup {
  const what = `${storage.storageType} storage of ${engineDisplayName(storage.engine)} in ${storage.region}`;
  return lookup(list, { kind: "storage", deploymentMode: null, instanceType: null, ...storage }, what);
}

/** Newest publication day among the rows that have one: the date to show with any figure computed from the list. */
export function priceListAsOf(list: PriceList): PlainDate | null {
  return (
    list.prices
      .flatMap((row) => (row.verified && row.asOf ? [row.asOf] : []))
      .sort()
      .at(-1) ?? null
  );
}

type PriceKey = Pick<Price, "kind" | "region" | "engine" | "deploymentMode" | "instanceType" | "storageType">;

function keyOf(key: PriceKey): string {
  return [key.kind, key.region, key.engine, key.deploymentMode, key.instanceType, key.storageType]
    .map((part) => part ?? "")
    .join("|");
}

function lookup(list: PriceList, key: PriceKey, what: string): PriceLookup {
  const rows = list.find(keyOf(key));
  const [newest] = rows
    .filter((row) => row.verified && row.usd && row.asOf)
    .sort((a, b) => ((a.asOf ?? "") < (b.asOf ?? "") ? 1 : -1));
  if (newest?.usd && newest.asOf) {
    return {
      known: true,
      price: { amount: newest.usd, currency: "USD" },
      unit: newest.unit,
      asOf: newest.asOf,
      row: newest,
    };
  }
  const unverified = rows.find((row) => row.usd) ?? null;
  const reason = unverified
    ? `Only an unverified list price is known for ${what}.`
    : `No list price is known for ${what}.`;
  return { known: false, reason, unverified };
}

function readPrice(row: ReferenceRow): Price {
  const engine = row.optionalText("engine");
  const regionText = row.optionalText("region");
  return {
    kind: row.oneOf("kind", ["broker-hour", "storage", "crdr", "data-transfer", "free-tier"]),
    region: regionText && REGION.test(regionText) ? regionText : null,
    regionText,
    engine: engine ? normalizeEngine(engine) : null,
    deploymentMode: row.optionalText("deployment_mode"),
    instanceType: row.optionalText("instance_type"),
    storageType: row.optionalText("storage_type"),
    usd: row.optionalDecimal("price_usd"),
    unit: row.text("unit"),
    nodesIncluded: row.optionalNumber("nodes_included"),
    asOf: row.optionalDate("as_of"),
    rateCode: row.optionalText("rate_code"),
    ...row.provenance,
  };
}
