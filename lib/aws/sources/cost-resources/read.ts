import { addDays, laterOf } from "@/lib/domain/plain-date";
import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { ResourceCostRead } from "../../gateway";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult } from "../../source-result";
import type { CostPeriod } from "../cost-usage/fetch";
import { normalizeCosts } from "../cost-usage/normalize";
import type { ServiceNames } from "../cost-usage/service-names";
import { fetchResourceCosts } from "./fetch";
import { normalizeResourceCosts } from "./normalize";

/** Cost Explorer keeps resource-level data for so many days. */
const DAYS_KEPT = 14;

/** Use of one account by resource, at most the last 14 days of the period. Unsupported where it is not switched on. */
export async function readResourceCosts(
  context: SourceContext,
  region: string,
  period: CostPeriod,
  services: ServiceNames,
  accountId: string,
): Promise<SourceResult<ResourceCostRead>> {
  const kept = { ...period, start: laterOf(period.start, addDays(period.endExclusive, -DAYS_KEPT)) };
  const { pages, stoppedBy } = await fetchResourceCosts(context, region, kept, {
    serviceNames: services.names,
    accountId,
  });
  if (stoppedBy === null) return completeResult(normalizeResourceCosts(normalizeCosts(pages), accountId));
  const failure = await context.failureOf(stoppedBy, "ce", region);
  return failedResult(isNotSwitchedOn(failure) ? notSwitchedOn(failure) : failure);
}

/**
 * AWS has several answers to an account that did not opt in, and its documentation contradicts itself on which services have such data: a
 * refusal of this one request, or a word about opting in, is read as "not available here".
 */
function isNotSwitchedOn({ errorCode, message }: AwsFailure): boolean {
  return errorCode === "aws-bad-request" || /\bopt(ed)?[- ]?in\b|resource[- ]level|not enabled/i.test(message);
}

function notSwitchedOn(failure: AwsFailure): AwsFailure {
  return {
    ...failure,
    status: "unsupported",
    errorCode: "aws-operation-unsupported",
    message: `Cost Explorer has no costs by resource for this account (${failure.message})`,
    wayOut:
      "Switch on resource-level data at daily granularity in the Cost Explorer settings; until then costs are allocated from usage types.",
  };
}
