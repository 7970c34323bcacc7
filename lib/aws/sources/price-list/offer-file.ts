import { z } from "zod";
import type { ListPrice } from "@/lib/domain/list-price";
import { InvalidAnswerError } from "../../failure";
import { normalizeProduct, normalizeProductValue } from "./normalize";

/** Offer code of Amazon MQ. */
const OFFER_CODE = "AmazonMQ";

const offerFile = z.object({
  offerCode: z.string(),
  publicationDate: z.string().nullish(),
  products: z.record(z.string(), z.unknown()),
  terms: z.object({ OnDemand: z.record(z.string(), z.unknown()).nullish() }),
});
/** What `aws pricing get-products` prints: each product is a JSON text. */
const productList = z.object({ PriceList: z.array(z.string()) });

/**
 * The on-demand prices of an offer file of the price list's bulk API, or of the saved answer of GetProducts; each product goes through the normaliser of
 * the Pricing API. Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-files.html. Throws
 * InvalidAnswerError for another shape or another service, and for a product that cannot be read: half a price list would be worse than none.
 */
export function normalizeOfferFile(json: unknown): ListPrice[] {
  const list = productList.safeParse(json);
  if (list.success) return list.data.PriceList.flatMap(normalizeProduct);
  const file = offerFile.safeParse(json);
  if (!file.success) throw new InvalidAnswerError("a file that is no offer file of the AWS price list");
  const { offerCode, publicationDate, products, terms } = file.data;
  if (offerCode !== OFFER_CODE)
    throw new InvalidAnswerError(`an offer file of ${offerCode.slice(0, 60)}, not of ${OFFER_CODE}`);
  return Object.entries(products).flatMap(([sku, product]) =>
    normalizeProductValue({ product, terms: { OnDemand: terms.OnDemand?.[sku] ?? {} }, publicationDate }),
  );
}
