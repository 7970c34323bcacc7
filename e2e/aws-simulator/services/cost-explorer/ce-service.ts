import { z } from "zod";
import type { Account } from "../../organisation/model";
import { dayMs, dayOf, dayStart } from "../../organisation/seeded";
import { AwsError } from "../../wire/aws-error";
import { decodeToken, encodeToken, pageOf } from "../../wire/page-token";
import { amzJson, type Reply } from "../../wire/reply";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "../service";
import { Bills, finalFrom, monthStart, nextMonth } from "./bill";
import { accountsNamed, type BilledLine, dimensionOf, type Expression, expressionSchema, matches } from "./expression";
import { fromE10 } from "./price-list";

const periodSchema = z.object({ Start: z.string(), End: z.string() });
const metricNames = [
  "AmortizedCost",
  "BlendedCost",
  "NetAmortizedCost",
  "NetUnblendedCost",
  "NormalizedUsageAmount",
  "UnblendedCost",
  "UsageQuantity",
] as const;
const usageSchema = z.object({
  TimePeriod: periodSchema,
  Granularity: z.enum(["DAILY", "MONTHLY"]),
  Metrics: z.array(z.enum(metricNames)).min(1),
  Filter: expressionSchema.optional(),
  GroupBy: z
    .array(z.object({ Type: z.literal("DIMENSION"), Key: z.string() }))
    .max(2)
    .optional(),
  NextPageToken: z.string().optional(),
});
const dimensionSchema = z.object({
  TimePeriod: periodSchema,
  Dimension: z.string(),
  SearchString: z.string().optional(),
  Filter: expressionSchema.optional(),
  MaxResults: z.int().min(1).max(1000).optional(),
  NextPageToken: z.string().optional(),
});

/** Groups per page: small enough that a quarter of a fleet's days takes several pages. */
const groupsPerPage = 2000;

function invalid(message: string): AwsError {
  return new AwsError(400, "ValidationException", message);
}

function parse<T>(schema: z.ZodType<T>, body: string): T {
  let value: unknown;
  try {
    value = JSON.parse(body || "{}");
  } catch {
    throw new AwsError(400, "SerializationException", "Could not parse the request body");
  }
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(z.prettifyError(result.error));
  return result.data;
}

/** Calendar days of a period: start inclusive, end exclusive, no longer ago than AWS keeps, not beyond tomorrow. */
function period(input: z.infer<typeof periodSchema>, now: number): { start: number; end: number } {
  const start = Date.parse(`${input.Start.slice(0, 10)}T00:00:00Z`);
  const end = Date.parse(`${input.End.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(start) || Number.isNaN(end))
    throw invalid("Start time and end time must be dates of the form yyyy-MM-dd");
  if (start >= end) throw invalid("Start date (and hour) should be before end date (and hour)");
  const oldest = new Date(monthStart(now));
  oldest.setUTCMonth(oldest.getUTCMonth() - 13);
  if (start < oldest.getTime()) throw invalid("You haven't enabled historical data beyond 14 months");
  return { start, end: Math.min(end, dayStart(dayOf(now)) + dayMs) };
}

interface Slice {
  readonly start: number;
  readonly end: number;
}

function slices(range: { start: number; end: number }, granularity: "DAILY" | "MONTHLY"): Slice[] {
  const result: Slice[] = [];
  for (let start = range.start; start < range.end; ) {
    const end = Math.min(range.end, granularity === "DAILY" ? start + dayMs : nextMonth(start));
    result.push({ start, end });
    start = end;
  }
  return result;
}

interface Sum {
  amount: bigint;
  quantity: bigint;
  units: Set<string>;
}

function metricsJson(sum: Sum, metrics: readonly string[]): Record<string, { Amount: string; Unit: string }> {
  const [unit = "N/A"] = sum.units;
  return Object.fromEntries(
    metrics.map((metric) => {
      if (metric === "UsageQuantity")
        return [metric, { Amount: fromE10(sum.quantity), Unit: sum.units.size === 1 ? unit : "N/A" }];
      if (metric === "NormalizedUsageAmount") return [metric, { Amount: "0", Unit: "N/A" }];
      return [metric, { Amount: fromE10(sum.amount), Unit: "USD" }];
    }),
  );
}

type UsageInput = z.infer<typeof usageSchema>;
type LinesOf = (account: string, day: number) => Iterable<BilledLine>;

/** Adds up and pages; which lines there are is the caller's business. */
function costAndUsage(input: UsageInput, accounts: readonly string[], now: number, linesOf: LinesOf): Reply {
  const all = slices(period(input.TimePeriod, now), input.Granularity);
  const token = input.NextPageToken
    ? decodeToken(input.NextPageToken, "InvalidNextTokenException")
    : { offset: 0, page: 0 };
  const results: unknown[] = [];
  let groupCount = 0;
  let index = token.offset ?? 0;
  for (; index < all.length && groupCount < groupsPerPage; index += 1) {
    const slice = all[index];
    if (!slice) break;
    const groups = new Map<string, { keys: string[]; sum: Sum }>();
    for (let day = slice.start; day < slice.end; day += dayMs) {
      for (const account of accounts) {
        for (const billed of linesOf(account, day)) {
          if (!matches(input.Filter, billed)) continue;
          const keys = (input.GroupBy ?? []).map((group) => dimensionOf(group.Key, billed));
          const name = keys.join("\u0000");
          let group = groups.get(name);
          if (!group) {
            group = { keys, sum: { amount: 0n, quantity: 0n, units: new Set() } };
            groups.set(name, group);
          }
          group.sum.amount += billed.line.amount;
          group.sum.quantity += billed.line.quantity;
          group.sum.units.add(billed.line.unit);
        }
      }
    }
    const grouped = (input.GroupBy ?? []).length > 0;
    const sorted = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
    const total = sorted[0]?.sum ?? { amount: 0n, quantity: 0n, units: new Set<string>() };
    results.push({
      TimePeriod: { Start: dayOf(slice.start), End: dayOf(slice.end) },
      Total: grouped && sorted.length > 0 ? {} : metricsJson(total, input.Metrics),
      Groups: grouped
        ? sorted.map((group) => ({ Keys: group.keys, Metrics: metricsJson(group.sum, input.Metrics) }))
        : [],
      Estimated: now < finalFrom(slice.end - 1),
    });
    groupCount += grouped ? sorted.length : 1;
  }
  return amzJson("json-1.1", {
    GroupDefinitions: input.GroupBy,
    ResultsByTime: results,
    DimensionValueAttributes: [],
    NextPageToken: index < all.length ? encodeToken({ offset: index, page: token.page + 1 }) : undefined,
  });
}

/** Accounts whose bills the caller sees: the payer all of them, a member its own. */
function visibleAccounts(call: IncomingCall, context: ServiceContext, filter: Expression | undefined): string[] {
  const { organisation } = context.fleet;
  const seen =
    call.account.id === organisation.managementAccountId
      ? organisation.accounts.map((entry: Account) => entry.id)
      : [call.account.id];
  const named = accountsNamed(filter);
  return named ? seen.filter((id) => named.includes(id)) : seen;
}

function getCostAndUsage(call: IncomingCall, context: ServiceContext, bills: Bills): Reply {
  const input = parse(usageSchema, call.body);
  return costAndUsage(input, visibleAccounts(call, context, input.Filter), call.now, (account, day) =>
    bills.lines(account, day, call.now).map((line) => ({ account, line })),
  );
}

function getCostAndUsageWithResources(call: IncomingCall, context: ServiceContext, bills: Bills): Reply {
  const input = parse(usageSchema, call.body);
  if (!context.settings.resourceLevelCosts) {
    throw new AwsError(
      400,
      "DataUnavailableException",
      "Resource-level data is not enabled. Opt in on the Cost Explorer settings page.",
    );
  }
  if (!input.Filter) throw invalid("Filter is required");
  if (period(input.TimePeriod, call.now).start < dayStart(dayOf(call.now)) - 14 * dayMs) {
    throw invalid("Resource-level data is available for the last 14 days only");
  }
  return costAndUsage(input, visibleAccounts(call, context, input.Filter), call.now, (account, day) =>
    bills.resources(account, day, call.now).map((line) => ({ account, line })),
  );
}

function getDimensionValues(call: IncomingCall, context: ServiceContext, bills: Bills): Reply {
  const input = parse(dimensionSchema, call.body);
  const range = period(input.TimePeriod, call.now);
  const values = new Set<string>();
  for (const account of visibleAccounts(call, context, input.Filter)) {
    for (let day = range.start; day < range.end; day += dayMs) {
      for (const line of bills.lines(account, day, call.now)) {
        const billed = { account, line };
        if (matches(input.Filter, billed)) values.add(dimensionOf(input.Dimension, billed));
      }
    }
  }
  const search = input.SearchString?.toLowerCase() ?? "";
  const all = [...values].filter((value) => value.toLowerCase().includes(search)).sort();
  const token = input.NextPageToken
    ? decodeToken(input.NextPageToken, "InvalidNextTokenException")
    : { offset: 0, page: 0 };
  const offset = token.offset ?? 0;
  const size = input.MaxResults ?? 1000;
  const page = all.slice(offset, offset + size);
  return amzJson("json-1.1", {
    DimensionValues: page.map((value) => ({
      Value: value,
      Attributes:
        input.Dimension === "LINKED_ACCOUNT" ? { description: context.fleet.account(value)?.name ?? value } : {},
    })),
    ReturnSize: page.length,
    TotalSize: all.length,
    NextPageToken:
      offset + size < all.length ? encodeToken({ offset: offset + size, page: token.page + 1 }) : undefined,
  });
}

const operations = {
  GetCostAndUsage: getCostAndUsage,
  GetCostAndUsageWithResources: getCostAndUsageWithResources,
  GetDimensionValues: getDimensionValues,
};

/** AWS Cost Explorer, JSON 1.1. */
export function costExplorerService(context: ServiceContext): Service {
  const bills = new Bills(context.fleet);
  return {
    id: "ce",
    protocolOf: () => "json-1.1",
    match: (call): MatchedCall | undefined => {
      const name = call.target?.split(".").at(-1);
      const operation = (Object.keys(operations) as (keyof typeof operations)[]).find((entry) => entry === name);
      if (!operation) return undefined;
      const token = /"NextPageToken"\s*:\s*"([^"]+)"/.exec(call.body)?.[1];
      return {
        operation,
        protocol: "json-1.1",
        page: pageOf(token),
        answer: () => operations[operation](call, context, bills),
      };
    },
  };
}
