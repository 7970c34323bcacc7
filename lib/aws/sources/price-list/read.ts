import type { ListPrice } from "@/lib/domain/list-price";
import type { SourceResult } from "@/lib/domain/sync";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult } from "../../source-result";
import { fetchProducts } from "./fetch";
import { normalizeProduct } from "./normalize";

/** Every list price of Amazon MQ in every region; all or nothing. `region` is that of the Pricing API, not of the prices. */
export async function readListPrices(context: SourceContext, region: string): Promise<SourceResult<ListPrice>> {
  const { pages, stoppedBy } = await fetchProducts(context, region);
  if (stoppedBy !== null) return failedResult(await context.failureOf(stoppedBy, "pricing", region));
  try {
    return completeResult(pages.flat().flatMap(normalizeProduct));
  } catch (error) {
    return failedResult(await context.failureOf(error, "pricing", region));
  }
}
