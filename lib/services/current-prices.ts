import type { Database } from "@/lib/db/client";
import { listPricesOn } from "@/lib/db/list-price-store";
import { normalizeEngine } from "@/lib/domain/engine-version";
import type { ListPrice } from "@/lib/domain/list-price";
import { parseDecimal } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import { buildPriceList, type Price, type PriceList, SHIPPED_PRICES } from "@/lib/reference/prices";

/** The price list in force on a day: what syncs read from AWS beside the shipped one; of two prices for the same thing the newer one counts. */
export async function currentPrices(db: Database, day: PlainDate): Promise<PriceList> {
  const stored = await listPricesOn(db, day);
  const prices = stored.flatMap((row) => priceOf(row) ?? []);
  return prices.length === 0 ? SHIPPED_PRICES : buildPriceList([...SHIPPED_PRICES.prices, ...prices]);
}

/** A broker-hour in US dollars; null for anything else that the price list has. */
function priceOf(row: ListPrice & { source: string }): Price | null {
  const { engine, instanceType, region, deploymentOption, currency, unit } = row;
  if (!engine || !instanceType || !region || currency !== "USD" || !/^h(ou)?rs?$/i.test(unit)) return null;
  const known = normalizeEngine(engine);
  const deploymentMode = modeOf(known, deploymentOption);
  if (deploymentMode === null) return null;
  return {
    kind: "broker-hour",
    region,
    regionText: region,
    engine: known,
    deploymentMode,
    instanceType,
    storageType: null,
    usd: parseDecimal(row.price),
    unit,
    nodesIncluded: null,
    asOf: row.publishedOn !== null && row.publishedOn > row.effectiveOn ? row.publishedOn : row.effectiveOn,
    rateCode: row.rateCode,
    source: row.source,
    verified: true,
    notes: null,
    checkedOn: row.effectiveOn,
  };
}

/** The price list tells two deployment options; which mode the second one is follows from the engine. */
function modeOf(engine: string, option: string | null): string | null {
  if (option === "Single-AZ") return "SINGLE_INSTANCE";
  if (option !== "Multi-AZ") return null;
  return engine === "RABBITMQ" ? "CLUSTER_MULTI_AZ" : engine === "ACTIVEMQ" ? "ACTIVE_STANDBY_MULTI_AZ" : null;
}
