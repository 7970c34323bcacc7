import type { CutQuery } from "@/lib/contracts/common";
import { calendarCutQuery } from "@/lib/contracts/lifecycle";
import { AppError } from "@/lib/domain/errors";

/** The cut of a calendar out of an address's query, and its one spelling. Throws invalid-input for parameters that are none of a cut. */
export function calendarCut(query: string): { cut: CutQuery; text: string } {
  const search = new URLSearchParams(query);
  const given = Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
  const parsed = calendarCutQuery.strict().safeParse(given);
  if (!parsed.success || query.includes("\0")) {
    throw new AppError("invalid-input", "This is no cut of the calendar.", { details: { field: "query" } });
  }
  const text = new URLSearchParams(
    Object.entries(parsed.data).flatMap(([name, keys]) => (keys ?? []).map((key) => [name, key])),
  );
  return { cut: parsed.data, text: text.toString() };
}
