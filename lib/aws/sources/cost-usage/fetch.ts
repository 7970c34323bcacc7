import {
  type Expression,
  GetCostAndUsageCommand,
  GetDimensionValuesCommand,
  type GroupDefinition,
} from "@aws-sdk/client-cost-explorer";
import type { PlainDate } from "@/lib/domain/plain-date";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { type CostPage, costPage, dimensionPage } from "./wire";

/** Cost Explorer has one endpoint per partition; each request costs $0.01, each page is one. */
export const UNITS_PER_REQUEST = 1;

export interface CostPeriod {
  start: PlainDate;
  endExclusive: PlainDate;
}

/** Record types that are charges for use itself. Tax, credits, refunds, fees and discounts are none of them. */
export const USAGE_RECORD_TYPES = ["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"] as const;

/** The names Cost Explorer has for Amazon MQ in the period: all SERVICE values, read to the end. Never rejects. */
export function fetchServiceNames(
  { channel, counter }: SourceContext,
  region: string,
  period: CostPeriod,
): Promise<PagesRead<readonly string[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      dimensionPage,
      await channel.call({ service: "ce", region, counter, billableUnits: UNITS_PER_REQUEST }, (client) =>
        client.send(
          new GetDimensionValuesCommand({
            TimePeriod: timePeriod(period),
            // No SearchString: whether it finds words inside a name is not documented, and an account has few services.
            Dimension: "SERVICE",
            NextPageToken: nextToken,
          }),
        ),
      ),
    );
    return { page: page.DimensionValues.map(({ Value }) => Value), nextToken: page.NextPageToken };
  });
}

/** All pages of daily costs, grouped by two dimensions. Never rejects. */
export function fetchCosts(
  { channel, counter }: SourceContext,
  region: string,
  period: CostPeriod,
  query: { filter: Expression; groupBy: readonly [string, string] },
): Promise<PagesRead<CostPage>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      costPage,
      await channel.call({ service: "ce", region, counter, billableUnits: UNITS_PER_REQUEST }, (client) =>
        client.send(
          new GetCostAndUsageCommand({
            TimePeriod: timePeriod(period),
            Granularity: "DAILY",
            Metrics: ["UnblendedCost", "AmortizedCost", "UsageQuantity"],
            GroupBy: query.groupBy.map(dimensionGroup),
            Filter: query.filter,
            NextPageToken: nextToken,
          }),
        ),
      ),
    );
    return { page, nextToken: page.NextPageToken };
  });
}

/** A filter on values of a dimension. */
export function dimensionFilter(
  key: "SERVICE" | "RECORD_TYPE" | "LINKED_ACCOUNT",
  values: readonly string[],
): Expression {
  return { Dimensions: { Key: key, Values: [...values] } };
}

export function dimensionGroup(key: string): GroupDefinition {
  return { Type: "DIMENSION", Key: key };
}

export function timePeriod({ start, endExclusive }: CostPeriod): { Start: string; End: string } {
  return { Start: start, End: endExclusive };
}
