import { fail, pass, type RuleOutcome } from "@/lib/rules/define-rule";

/** Judges a peak against a documented limit: from `percent` of it on it fails. */
export function judgeUsage(input: {
  what: string;
  peak: number;
  limit: number;
  percent: number;
  limitText: string;
  source: string;
}): RuleOutcome {
  const { what, peak, limit, percent, limitText, source } = input;
  const share = Math.floor((peak / limit) * 100);
  const used = `${Math.round(peak)} ${what} at the peak of the last seven days, ${share} % of ${limit} (${limitText})`;
  if (peak < (limit * percent) / 100) return pass(`${used}.`);
  // Tens of percent: a peak that moves a little from day to day is no news.
  return fail(
    `${used}; ${percent} % is the mark.`,
    { limit, limitText, mark: percent, usedAtLeastPercent: Math.floor(share / 10) * 10, source },
    share >= 100 ? "high" : undefined,
  );
}
