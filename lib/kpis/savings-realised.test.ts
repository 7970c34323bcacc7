import { expect, it } from "vitest";
import { parseDecimal } from "@/lib/domain/money";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { CostAdvice } from "@/lib/kpis/define-kpi";
import { savingsRealised } from "@/lib/kpis/savings-realised";
import { buildFleet } from "@/lib/testing/build-fleet";

function done(endedOn: string, amount: string | null): CostAdvice {
  const saving = {
    kind: "idle" as const,
    endedOn: parsePlainDate(endedOn),
    monthly: amount === null ? null : { amount: parseDecimal(amount), currency: "USD" },
    explanation: amount === null ? "12 of the 30 final days after the change are known yet." : "Known.",
  };
  return { waste: null, notJudged: [], realised: [saving], haPremium: null };
}
const GONE = new Date("2026-09-01T06:00:00Z");

it("adds what was saved in the last 12 months, of gone brokers too, and counts what is not known yet", () => {
  const fleet = buildFleet([
    { goneAt: GONE, advice: done("2026-09-01", "300.5") },
    { advice: done("2026-03-01", "-20") },
    { advice: done("2026-11-10", null) },
    // More than twelve months ago.
    { goneAt: GONE, advice: done("2025-11-20", "1000") },
  ]);
  const [value] = savingsRealised.compute(fleet);
  expect(value?.value?.toFixed()).toBe("280.5");
  expect(value).toMatchObject({
    series: "USD",
    unknowns: 1,
    caveats: ["The saving of 1 recommendation is not known yet."],
  });
  expect(savingsRealised.contributors(fleet).map(({ group }) => group)).toEqual(["numerator", "numerator", "unknown"]);
});

it("says that there are not enough days yet, and is zero where nothing was carried out", () => {
  expect(savingsRealised.compute(buildFleet([{ advice: done("2026-11-10", null) }]))[0]).toMatchObject({
    value: null,
    unavailable:
      "1 recommendation was carried out, but no saving is known yet. 12 of the 30 final days after the change are known yet.",
  });
  const nothing = savingsRealised.compute(buildFleet([{ advice: { ...done("2026-11-10", null), realised: [] } }]))[0];
  expect([nothing?.value?.toFixed(), nothing?.caveats]).toEqual([
    "0",
    ["No recommendation was carried out in the last 12 months."],
  ]);
});
