import { GetCostAndUsageWithResourcesCommand } from "@aws-sdk/client-cost-explorer";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import {
  type CostPeriod,
  dimensionFilter,
  dimensionGroup,
  timePeriod,
  UNITS_PER_REQUEST,
  USAGE_RECORD_TYPES,
} from "../cost-usage/fetch";
import { type CostPage, costPage } from "../cost-usage/wire";

/**
 * All pages of the daily use of one account by resource and usage type. The account is a filter because Cost Explorer groups by two dimensions
 * only, and a resource without an ARN would belong to nobody. Never rejects.
 */
export function fetchResourceCosts(
  { channel, counter }: SourceContext,
  region: string,
  period: CostPeriod,
  input: { serviceNames: readonly string[]; accountId: string },
): Promise<PagesRead<CostPage>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      costPage,
      await channel.call({ service: "ce", region, counter, billableUnits: UNITS_PER_REQUEST }, (client) =>
        client.send(
          new GetCostAndUsageWithResourcesCommand({
            TimePeriod: timePeriod(period),
            Granularity: "DAILY",
            Metrics: ["UnblendedCost", "AmortizedCost", "UsageQuantity"],
            GroupBy: [dimensionGroup("RESOURCE_ID"), dimensionGroup("USAGE_TYPE")],
            Filter: {
              And: [
                dimensionFilter("SERVICE", input.serviceNames),
                dimensionFilter("LINKED_ACCOUNT", [input.accountId]),
                dimensionFilter("RECORD_TYPE", USAGE_RECORD_TYPES),
              ],
            },
            NextPageToken: nextToken,
          }),
        ),
      ),
    );
    return { page, nextToken: page.NextPageToken };
  });
}
