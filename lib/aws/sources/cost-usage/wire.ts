import { z } from "zod";
import { parseDecimal, parseMoney } from "@/lib/domain/money";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";
import { optionalText } from "../../wire-values";

/** An amount as Cost Explorer writes it: decimal text and a unit. */
const amount = z.object({ Amount: z.string().refine(isDecimal), Unit: optionalText });

/** Billed money: the unit must be a currency, in whatever case. */
const money = z
  .object({ Amount: z.string(), Unit: z.string().transform((unit) => unit.trim().toUpperCase()) })
  .refine(isMoney);

const metrics = z.object({ UnblendedCost: money, AmortizedCost: money.nullish(), UsageQuantity: amount.nullish() });

const plainDate = z.string().refine((text): text is PlainDate => isPlainDate(text));

/** A page of GetCostAndUsage (and of its sibling with resources). Every group has two keys, as two were asked for. */
export const costPage = z.object({
  GroupDefinitions: z.array(z.object({ Type: optionalText, Key: optionalText })).nullish(),
  ResultsByTime: z.array(
    z
      .object({
        TimePeriod: z.object({ Start: plainDate, End: z.string() }),
        Estimated: z.boolean().nullish(),
        Groups: z.array(z.object({ Keys: z.tuple([z.string(), z.string()]), Metrics: metrics })).nullish(),
        Total: z.looseObject({ UnblendedCost: z.object({ Amount: z.string() }).nullish() }).nullish(),
      })
      // An endpoint that ignores the grouping tells the total alone: without its groups the day would read as free.
      .refine(({ Groups, Total }) => Groups?.length || isZero(Total?.UnblendedCost?.Amount ?? "0"), {
        path: ["Groups"],
      }),
  ),
  NextPageToken: optionalText,
});

export type CostPage = z.output<typeof costPage>;

/** A page of GetDimensionValues. */
export const dimensionPage = z.object({
  DimensionValues: z.array(z.object({ Value: z.string() })),
  NextPageToken: optionalText,
});

function isZero(text: string): boolean {
  return isDecimal(text) && parseDecimal(text).isZero();
}

function isDecimal(text: string): boolean {
  try {
    parseDecimal(text);
    return true;
  } catch {
    return false;
  }
}

function isMoney({ Amount, Unit }: { Amount: string; Unit: string }): boolean {
  try {
    parseMoney(Amount, Unit);
    return true;
  } catch {
    return false;
  }
}
