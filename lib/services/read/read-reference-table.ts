import type { ReferenceTable, ReferenceTableQuery } from "@/lib/contracts/reference";
import { listPricesOn } from "@/lib/db/list-price-store";
import { importedAdvisories } from "@/lib/db/reference-store";
import { engineDisplayName } from "@/lib/domain/engine-version";
import { AppError } from "@/lib/domain/errors";
import { decimalToText, parseDecimal } from "@/lib/domain/money";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { REFERENCE_TABLES } from "@/lib/domain/reference-kind";
import { ADVISORIES, findAdvisory, namesOf } from "@/lib/reference/advisories";
import { type Price, SHIPPED_PRICES } from "@/lib/reference/prices";
import type { Ctx } from "@/lib/services/ctx";
import {
  advisoryRow,
  priceRow,
  rangeText,
  rowOf,
  shippedRows,
  TABLE_SHAPES,
  type TableRow,
} from "@/lib/services/read/reference-tables";

/** One kind of reference data, filtered and paged. Unverified rows are never left out. Errors: not-found for a kind that does not exist. */
export async function readReferenceTable({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ReferenceTableQuery & { kind: string };
}): Promise<ReferenceTable> {
  const kind = REFERENCE_TABLES.find((known) => known === input.kind);
  if (!kind) throw new AppError("not-found", `There is no reference table ${input.kind}.`);
  const { title, description, columns, notes } = TABLE_SHAPES[kind];
  const rows =
    kind === "advisories" ? await advisoryRows(ctx) : kind === "prices" ? await priceRows(ctx) : shippedRows(kind);
  const wanted = input.q?.toLowerCase();
  const found = wanted ? rows.filter((row) => holds(row, wanted)) : rows;
  return {
    kind,
    title,
    description,
    columns: columns.map(([id, label]) => ({ id, label })),
    items: found.slice(input.offset, input.offset + input.limit),
    total: found.length,
    unverified: found.filter(({ verified }) => !verified).length,
    notes: [...notes],
    asOf: ctx.clock.now().toISOString(),
  };
}

function holds({ cells, source, verified }: TableRow, text: string): boolean {
  return (
    source.toLowerCase().includes(text) ||
    (!verified && text === "unverified") ||
    Object.values(cells).some((value) => value.toLowerCase().includes(text))
  );
}

/** Shipped advisories and, beside them, what was loaded: a loaded one that is shipped too is told where it says something else. */
async function advisoryRows(ctx: Ctx): Promise<TableRow[]> {
  const loaded = await importedAdvisories(ctx.db);
  const others = new Map<string, string>();
  const added = new Map<string, TableRow>();
  for (const advisory of loaded) {
    const shipped = namesOf(advisory)
      .map(findAdvisory)
      .find((row) => row !== undefined);
    if (!shipped) {
      if (!added.has(advisory.id)) added.set(advisory.id, advisoryRow(advisory, "loaded"));
      continue;
    }
    const [here, there] = [shipped, advisory].map(({ severity, affected }) => ({
      severity,
      ranges: affected.map(rangeText).sort().join("; "),
    }));
    if (!here || !there || others.has(shipped.id)) continue;
    const told = [
      ...(here.severity === there.severity ? [] : [`severity ${there.severity}`]),
      ...(here.ranges === there.ranges ? [] : [`affected ${there.ranges}`]),
    ];
    if (told.length > 0)
      others.set(shipped.id, `${advisory.source} says: ${told.join(", ")}. The shipped row is in force.`);
  }
  const shippedTable = ADVISORIES.map((row) => advisoryRow(row, "shipped", others.get(row.id) ?? null));
  return [...added.values(), ...shippedTable].sort(
    (a, b) => compare(b.cells.published ?? "", a.cells.published ?? "") || compare(a.id, b.id),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const MODES: Readonly<Record<string, string>> = {
  "ACTIVEMQ Single-AZ": "SINGLE_INSTANCE",
  "RABBITMQ Single-AZ": "SINGLE_INSTANCE",
  "ACTIVEMQ Multi-AZ": "ACTIVE_STANDBY_MULTI_AZ",
  "RABBITMQ Multi-AZ": "CLUSTER_MULTI_AZ",
};

/** Shipped prices and those loaded from AWS's price list: side by side where both know one, and those that only one knows. */
async function priceRows(ctx: Ctx): Promise<TableRow[]> {
  const loaded = (await listPricesOn(ctx.db, plainDateFromInstantUtc(ctx.clock.now()))).filter(
    ({ currency }) => currency === "USD",
  );
  const byRate = new Map(loaded.map((price) => [price.rateCode, price]));
  const hourly = new Map(
    loaded.flatMap((price) =>
      price.instanceType && price.unit.toLowerCase().startsWith("hr") ? [[hourKeyOf(price), price] as const] : [],
    ),
  );
  const used = new Set<string>();
  const shipped = SHIPPED_PRICES.prices.map((row, index) => {
    const other =
      (row.rateCode && byRate.get(row.rateCode)) ||
      (row.kind === "broker-hour" ? hourly.get(shippedHourKey(row)) : undefined);
    if (!other) return priceRow(row, index, null);
    used.add(other.rateCode);
    const same = row.usd?.equals(parseDecimal(other.price)) ?? false;
    const when = other.publishedOn ?? other.effectiveOn;
    const price = decimalToText(parseDecimal(other.price));
    return priceRow(row, index, same ? null : `${other.source} says ${price} (published ${when}).`);
  });
  const only = loaded
    .filter(({ rateCode }) => !used.has(rateCode))
    .map((price) => ({
      ...rowOf(
        `loaded ${price.sku} ${price.rateCode}`,
        {
          source: price.source,
          verified: true,
          checkedOn: price.publishedOn ?? price.effectiveOn,
          notes: price.usageType,
        },
        {
          region: price.region,
          engine: price.engine && engineDisplayName(price.engine),
          what: price.instanceType ?? price.productFamily,
          mode: price.deploymentOption,
          price: decimalToText(parseDecimal(price.price)),
          unit: price.unit,
          asOf: price.publishedOn ?? price.effectiveOn,
        },
      ),
      origin: "loaded" as const,
    }));
  return [...shipped, ...only];
}

function hourKeyOf(price: {
  region: string | null;
  engine: string | null;
  deploymentOption: string | null;
  instanceType: string | null;
}): string {
  const mode = MODES[`${price.engine} ${price.deploymentOption}`] ?? price.deploymentOption;
  const type = price.instanceType?.startsWith("mq.") ? price.instanceType : `mq.${price.instanceType}`;
  return [price.region, price.engine, mode, type].join("|");
}

function shippedHourKey({ region, engine, deploymentMode, instanceType }: Price): string {
  return [region, engine, deploymentMode, instanceType].join("|");
}
