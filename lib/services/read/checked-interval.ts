import { AppError } from "@/lib/domain/errors";
import { type DayInterval, diffDays, type PlainDate } from "@/lib/domain/plain-date";

/** Two years and a bit: more than is ever kept of costs. */
const MAX_DAYS = 800;

/** The days [from, until) of a request. Errors: invalid-input when there are none or more than `maxDays`. */
export function checkedInterval(from: PlainDate, until: PlainDate, maxDays = MAX_DAYS): DayInterval {
  const refuse = (message: string) => new AppError("invalid-input", message, { details: { field: "from" } });
  if (from >= until) throw refuse("from must lie before until (until is exclusive).");
  if (diffDays(from, until) > maxDays) throw refuse(`at most ${maxDays} days at once`);
  return { start: from, endExclusive: until };
}
