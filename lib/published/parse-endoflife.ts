import { z } from "zod";
import { compareVersionTexts, parseEngineVersion } from "@/lib/domain/engine-version";
import { AppError } from "@/lib/domain/errors";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/** A line as a published calendar has it. Its release dates are not read: for Amazon MQ they were upstream's. */
export interface PublishedLine {
  line: string;
  /** First day past support; null: none published, or `ended` without a day. */
  endOfSupport: PlainDate | null;
  ended: boolean;
}

const v0 = z.array(
  z.object({ cycle: z.union([z.string(), z.number()]), eol: z.union([z.boolean(), z.string()]).nullish() }),
);
const v1Product = z.object({
  name: z.string(),
  releases: z.array(z.object({ name: z.string(), isEol: z.boolean().nullish(), eolFrom: z.string().nullish() })),
});
const v1 = z.object({ result: z.union([v1Product, z.array(z.unknown())]) });

/**
 * Lines of a product of endoflife.date, in the shape of its first API (a list of cycles) or of version 1 (one product, or all of them). A day of
 * `eol` is the first day past support. Source: https://endoflife.date/docs/api. Errors: invalid-input for another shape or another product.
 */
export function parseEndOfLife(
  json: unknown,
  product: string,
): { lines: PublishedLine[]; refused: { what: string; reason: string }[] } {
  const refused: { what: string; reason: string }[] = [];
  const lines = cyclesOf(json, product).flatMap(({ name, eol }): PublishedLine[] => {
    if (parseEngineVersion(name)?.parts.length !== 2) {
      refused.push({ what: name, reason: "It is no engine line (major.minor)." });
      return [];
    }
    if (typeof eol !== "string") return [{ line: name, endOfSupport: null, ended: eol }];
    if (!isPlainDate(eol)) {
      refused.push({ what: name, reason: `Its end of life is no date: ${eol.slice(0, 60)}.` });
      return [];
    }
    return [{ line: name, endOfSupport: eol, ended: false }];
  });
  if (lines.length === 0) throw new AppError("invalid-input", "The file has no engine lines.");
  if (new Set(lines.map(({ line }) => line)).size < lines.length) {
    throw new AppError("invalid-input", "The file names an engine line twice.");
  }
  return { lines: lines.sort((a, b) => compareVersionTexts(b.line, a.line)), refused };
}

function cyclesOf(json: unknown, product: string): { name: string; eol: boolean | string }[] {
  const old = v0.safeParse(json);
  // A number has lost its trailing zero: 5.10 would be read as 5.1.
  if (old.success)
    return old.data.map(({ cycle, eol }) => ({
      name: typeof cycle === "string" ? cycle : "a number",
      eol: eol ?? false,
    }));
  const parsed = v1.safeParse(json);
  if (!parsed.success) {
    throw new AppError("invalid-input", "This is neither a list of cycles nor a product of endoflife.date.");
  }
  const { result } = parsed.data;
  const products = Array.isArray(result) ? result.flatMap((one) => v1Product.safeParse(one).data ?? []) : [result];
  const found = products.find(({ name }) => name === product);
  if (!found) {
    const other =
      products.length === 1 ? `The file is about ${products[0]?.name.slice(0, 60)}` : "The file has no such product";
    throw new AppError("invalid-input", `${other}, not ${product}.`);
  }
  return found.releases.map(({ name, isEol, eolFrom }) => ({ name, eol: eolFrom ?? isEol ?? false }));
}
