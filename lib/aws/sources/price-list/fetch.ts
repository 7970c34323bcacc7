import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { wireOperation } from "../../wire-services";
import { optionalText } from "../../wire-values";

export const GET_PRODUCTS = wireOperation("pricing:GetProducts");

/** Largest page the API gives. */
const PAGE_SIZE = 100;
/** Offer code of Amazon MQ. */
const SERVICE_CODE = "AmazonMQ";

export const productsAnswer = z.object({
  /** Each product is a JSON text. */
  PriceList: z.array(z.string()).nullish(),
  NextToken: optionalText,
});

export function productsInput(pageSize: number = PAGE_SIZE) {
  return { ServiceCode: SERVICE_CODE, FormatVersion: "aws_v1", MaxResults: pageSize };
}

/** All pages of Amazon MQ's products. Never rejects. */
export function fetchProducts(
  { channel, counter }: SourceContext,
  region: string,
): Promise<PagesRead<readonly string[]>> {
  return readPages(async (NextToken) => {
    const page = parseAnswer(
      productsAnswer,
      await channel.call({ service: "pricing", region, counter }, (client) =>
        client.send(GET_PRODUCTS, { ...productsInput(), NextToken }),
      ),
    );
    return { page: page.PriceList ?? [], nextToken: page.NextToken };
  });
}
