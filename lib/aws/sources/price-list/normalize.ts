import { z } from "zod";
import type { ListPrice } from "@/lib/domain/list-price";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";
import { InvalidAnswerError } from "../../failure";

const product = z.object({
  product: z.object({
    sku: z.string().min(1),
    productFamily: z.string().nullish(),
    attributes: z.record(z.string(), z.string()).nullish(),
  }),
  terms: z
    .object({
      OnDemand: z
        .record(
          z.string(),
          z.object({
            effectiveDate: z.string(),
            priceDimensions: z.record(
              z.string(),
              z.object({
                rateCode: z.string().min(1),
                unit: z.string(),
                pricePerUnit: z.record(z.string(), z.string()),
              }),
            ),
          }),
        )
        .nullish(),
    })
    .nullish(),
  publicationDate: z.string().nullish(),
});

const DECIMAL = /^\d+(\.\d+)?$/;

/**
 * The on-demand prices of a product. Amounts stay the text AWS sent. Throws InvalidAnswerError when it is no product, or a price is no decimal:
 * half a price list would be worse than none.
 */
export function normalizeProduct(text: string): ListPrice[] {
  return normalizeProductValue(parsed(text));
}

/** The same of a product that was parsed already. */
export function normalizeProductValue(value: unknown): ListPrice[] {
  const { product: item, terms, publicationDate } = checked(value);
  const attributes = item.attributes ?? {};
  return Object.values(terms?.OnDemand ?? {}).flatMap((term) => {
    const effectiveOn = dayOf(term.effectiveDate);
    if (!effectiveOn) throw new InvalidAnswerError("a price without a date");
    return Object.values(term.priceDimensions).flatMap(({ rateCode, unit, pricePerUnit }) =>
      Object.entries(pricePerUnit).map(([currency, price]) => {
        if (!DECIMAL.test(price)) throw new InvalidAnswerError("a price that is no decimal");
        return {
          sku: item.sku,
          rateCode,
          effectiveOn,
          publishedOn: dayOf(publicationDate),
          productFamily: item.productFamily ?? null,
          region: attributes.regionCode || null,
          engine: attributes.brokerEngine?.toUpperCase() || null,
          deploymentOption: attributes.deploymentOption || null,
          instanceType: attributes.instanceType || null,
          usageType: attributes.usagetype || null,
          unit,
          price,
          currency,
        };
      }),
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw new InvalidAnswerError("a product that is not JSON");
  }
}

function checked(value: unknown): z.output<typeof product> {
  const result = product.safeParse(value);
  if (!result.success) {
    throw new InvalidAnswerError(
      `${result.error.issues[0]?.path.map(String).join(".")} of a product is of the wrong kind`,
    );
  }
  return result.data;
}

function dayOf(instant: string | null | undefined): PlainDate | null {
  const day = instant?.slice(0, 10) ?? "";
  return isPlainDate(day) ? day : null;
}
