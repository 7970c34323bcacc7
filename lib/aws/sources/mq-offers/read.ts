import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { OfferRead } from "../../gateway";
import type { SourceContext } from "../../source-context";
import { resultOf } from "../../source-result";
import { fetchEngineTypes, fetchInstanceOptions } from "./fetch";
import { normalizeEngineTypes, normalizeInstanceOption } from "./normalize";

/**
 * What Amazon MQ offers in a region: versions and instance types. A listing that was cut gives nothing: half an offer would read as if AWS
 * had withdrawn the rest. A failed one is named by its operation.
 */
export async function readOffers(context: SourceContext, region: string): Promise<SourceResult<OfferRead>> {
  const [types, options] = await Promise.all([
    fetchEngineTypes(context, region),
    fetchInstanceOptions(context, region),
  ]);
  const offers: OfferRead[] = [];
  const failed: { item: string; failure: AwsFailure }[] = [];
  if (types.stoppedBy === null) offers.push(...normalizeEngineTypes(types.pages.flat()));
  else
    failed.push({ item: "DescribeBrokerEngineTypes", failure: await context.failureOf(types.stoppedBy, "mq", region) });
  if (options.stoppedBy === null) offers.push(...options.pages.flat().map(normalizeInstanceOption));
  else {
    failed.push({
      item: "DescribeBrokerInstanceOptions",
      failure: await context.failureOf(options.stoppedBy, "mq", region),
    });
  }
  return resultOf(offers, failed);
}
