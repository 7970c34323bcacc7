import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { CostRead } from "../../gateway";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult, itemFailure, partialResult } from "../../source-result";
import { type CostPeriod, dimensionFilter, fetchCosts, USAGE_RECORD_TYPES } from "./fetch";
import { normalizeCosts } from "./normalize";
import { reconcileCosts } from "./reconcile";
import type { ServiceNames } from "./service-names";

/**
 * Daily Amazon MQ costs of every account the caller may see. Two requests (and their pages): use by usage type, and everything by record type.
 * A reading that was cut gives nothing: half a day's groups would read as a cheaper day. Partial: everything that was billed is there, but use
 * cannot be told from tax, credits and refunds, or the latter are missing; the failure says which.
 */
export async function readCosts(
  context: SourceContext,
  region: string,
  period: CostPeriod,
  services: ServiceNames,
): Promise<SourceResult<CostRead>> {
  const service = dimensionFilter("SERVICE", services.names);
  const onlyUsage = { And: [service, dimensionFilter("RECORD_TYPE", USAGE_RECORD_TYPES)] };
  const groupBy = ["USAGE_TYPE", "LINKED_ACCOUNT"] as const;

  let usage = await fetchCosts(context, region, period, { filter: onlyUsage, groupBy });
  let failure = usage.stoppedBy === null ? null : await context.failureOf(usage.stoppedBy, "ce", region);
  const filterRefused = failure?.errorCode === "aws-bad-request";
  if (filterRefused) {
    usage = await fetchCosts(context, region, period, { filter: service, groupBy });
    failure = usage.stoppedBy === null ? null : await context.failureOf(usage.stoppedBy, "ce", region);
  }
  if (failure) return failedResult(failure);

  const rest = filterRefused
    ? null
    : await fetchCosts(context, region, period, { filter: service, groupBy: ["RECORD_TYPE", "LINKED_ACCOUNT"] });
  const restFailure = rest && rest.stoppedBy !== null ? await context.failureOf(rest.stoppedBy, "ce", region) : null;
  const { costs, undivided } = reconcileCosts(
    normalizeCosts(usage.pages),
    rest && !restFailure ? normalizeCosts(rest.pages) : null,
    filterRefused,
  );

  const reason = restFailure ?? (undivided ? undividedFailure(undivided) : null);
  if (reason) return partialResult(costs, reason, [itemFailure("tax, credits and refunds", reason)]);
  // The name was a guess, and nothing was found under it: that proves nothing.
  if (services.guessedBecause && costs.length === 0) return failedResult(services.guessedBecause);
  return completeResult(costs);
}

function undividedFailure(why: string): AwsFailure {
  return {
    status: "unsupported",
    errorCode: "aws-operation-unsupported",
    message: `Usage cannot be told from tax, credits and refunds: ${why}. They are counted once, within usage.`,
    wayOut: "Nothing to do on AWS itself; a custom endpoint (AWS_ENDPOINT_URL) leaves this out.",
    retry: "no",
    awsCode: null,
  };
}
