import type { PlainDate } from "@/lib/domain/plain-date";

/** A list price of Amazon MQ as AWS published it; the amount is the text AWS sent. */
export interface ListPrice {
  sku: string;
  rateCode: string;
  effectiveOn: PlainDate;
  publishedOn: PlainDate | null;
  productFamily: string | null;
  region: string | null;
  engine: string | null;
  deploymentOption: string | null;
  instanceType: string | null;
  usageType: string | null;
  unit: string;
  price: string;
  currency: string;
}
