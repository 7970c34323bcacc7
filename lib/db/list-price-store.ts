import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { ListPrice } from "@/lib/domain/list-price";
import type { PlainDate } from "@/lib/domain/plain-date";

/** Stores list prices with their dates. A price of an earlier date stays beside the new one. */
export async function storeListPrices(
  db: Database,
  prices: readonly ListPrice[],
  source: string,
  observedAt: Date,
): Promise<void> {
  if (prices.length === 0) return;
  await db.execute(
    `INSERT INTO list_price (sku, rate_code, effective_date, product_family, region, engine, deployment_option, instance_type, usage_type, unit,
       price, currency, published_on, source, observed_at)
     SELECT DISTINCT ON (sku, "rateCode", "effectiveOn", currency) sku, "rateCode", "effectiveOn", "productFamily", region, engine,
       "deploymentOption", "instanceType", "usageType", unit, price, currency, "publishedOn", $2, $3::timestamptz
     FROM jsonb_to_recordset($1::jsonb) AS p(sku text, "rateCode" text, "effectiveOn" date, "productFamily" text, region text, engine text,
       "deploymentOption" text, "instanceType" text, "usageType" text, unit text, price text, currency text, "publishedOn" date)
     ORDER BY sku, "rateCode", "effectiveOn", currency
     ON CONFLICT (sku, rate_code, effective_date, currency) DO UPDATE SET price = EXCLUDED.price, unit = EXCLUDED.unit,
       published_on = EXCLUDED.published_on, source = EXCLUDED.source, observed_at = EXCLUDED.observed_at`,
    toJsonb(prices),
    source,
    observedAt,
  );
}

/** The prices in force on a day: of each rate the newest whose date has come. */
export async function listPricesOn(db: Database, day: PlainDate): Promise<(ListPrice & { source: string })[]> {
  return db.rows<ListPrice & { source: string }>(
    `SELECT DISTINCT ON (sku, rate_code, currency) sku, rate_code AS "rateCode", effective_date::text AS "effectiveOn",
       published_on::text AS "publishedOn", product_family AS "productFamily", region, engine, deployment_option AS "deploymentOption",
       instance_type AS "instanceType", usage_type AS "usageType", unit, price, currency, source
     FROM list_price WHERE effective_date <= $1::date ORDER BY sku, rate_code, currency, effective_date DESC`,
    day,
  );
}
