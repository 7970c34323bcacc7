import { z } from "zod";
import { AwsError } from "../../wire/aws-error";
import type { BillLine } from "./bill";

/** A filter of Cost Explorer. Tags and cost categories are not played. */
export type Expression =
  | { And: Expression[] }
  | { Or: Expression[] }
  | { Not: Expression }
  | { Dimensions: { Key: string; Values?: string[] | undefined; MatchOptions?: string[] | undefined } };

export const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.strictObject({ And: z.array(expressionSchema).min(2) }),
    z.strictObject({ Or: z.array(expressionSchema).min(2) }),
    z.strictObject({ Not: expressionSchema }),
    z.strictObject({
      Dimensions: z.object({
        Key: z.string(),
        Values: z.array(z.string()).optional(),
        MatchOptions: z.array(z.string()).optional(),
      }),
    }),
  ]),
);

export interface BilledLine {
  readonly account: string;
  readonly line: BillLine;
}

/** The value of a dimension. @throws AwsError for dimensions that are not played. */
export function dimensionOf(key: string, { account, line }: BilledLine): string {
  switch (key) {
    case "SERVICE":
      return line.service;
    case "LINKED_ACCOUNT":
      return account;
    case "USAGE_TYPE":
      return line.usageType;
    case "RECORD_TYPE":
      return line.recordType;
    case "REGION":
      return line.region;
    case "OPERATION":
      return line.operation;
    case "INSTANCE_TYPE":
      return /:(mq\..+)$/.exec(line.usageType)?.[1] ?? "NoInstanceType";
    case "RESOURCE_ID":
      return line.resourceId ?? "NoResourceId";
    default:
      throw new AwsError(400, "ValidationException", `Invalid dimension: ${key}`);
  }
}

/** Whether a line passes a filter. */
export function matches(expression: Expression | undefined, billed: BilledLine): boolean {
  if (!expression) return true;
  if ("And" in expression) return expression.And.every((part) => matches(part, billed));
  if ("Or" in expression) return expression.Or.some((part) => matches(part, billed));
  if ("Not" in expression) return !matches(expression.Not, billed);
  const { Key, Values = [], MatchOptions = [] } = expression.Dimensions;
  const value = dimensionOf(Key, billed);
  if (MatchOptions.includes("ABSENT")) return value.startsWith("No");
  const fold = (text: string) => (MatchOptions.includes("CASE_INSENSITIVE") ? text.toLowerCase() : text);
  return Values.some((wanted) => {
    if (MatchOptions.includes("STARTS_WITH")) return fold(value).startsWith(fold(wanted));
    if (MatchOptions.includes("CONTAINS")) return fold(value).includes(fold(wanted));
    return fold(value) === fold(wanted);
  });
}

/** Accounts to which a filter limits itself at its top level, or undefined: saves adding up what is thrown away. */
export function accountsNamed(expression: Expression | undefined): readonly string[] | undefined {
  if (!expression) return undefined;
  if ("Dimensions" in expression) {
    const { Key, Values, MatchOptions } = expression.Dimensions;
    return Key === "LINKED_ACCOUNT" && !MatchOptions?.some((option) => option !== "EQUALS") ? Values : undefined;
  }
  if ("And" in expression) for (const part of expression.And) if (accountsNamed(part)) return accountsNamed(part);
  return undefined;
}
