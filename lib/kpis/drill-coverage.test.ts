import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { drillCoverage } from "@/lib/kpis/drill-coverage";
import { buildDrill, buildRegisterBroker, buildRegisteredFleet } from "@/lib/testing/build-register";

const BROKERS = [
  {},
  {},
  { attributes: { deploymentMode: "SINGLE_INSTANCE" } },
  { attributes: { tags: { environment: "dev" } } },
];
const share = (drills: Parameters<typeof buildDrill>[0][]) => {
  const [value] = drillCoverage.compute(
    buildRegisteredFleet({ drills: drills.map((drill) => buildDrill(drill)) }, BROKERS),
  );
  return [value?.numerator?.toNumber(), value?.denominator?.toNumber()];
};

describe("drill-coverage", () => {
  it("asks highly available production brokers alone", () => {
    expect(share([{}])).toEqual([1, 2]);
    expect(share([{ brokers: [buildRegisterBroker({ id: 3 })] }])).toEqual([0, 2]);
  });

  it.each([
    ["2025-10-01T00:00:00Z", 1],
    ["2025-09-30T23:59:59Z", 0],
    ["2026-09-30T23:59:59Z", 1],
    ["2026-10-01T00:00:00Z", 0],
  ])("a drill of %s counts %d", (startedAt, counted) => {
    expect(share([{ startedAt: new Date(startedAt) }])).toEqual([counted, 2]);
  });

  it("says that the drills are of the quarter, and the brokers those of today where nobody hands in a quarter", () => {
    const fleet = buildRegisteredFleet({ drills: [buildDrill({})] }, BROKERS);
    expect(drillCoverage.compute(fleet)[0]?.caveats[0]).toBe(
      "Drills up to the end of 2026-Q3, the last quarter attested; brokers as they are today.",
    );
    const period = { start: parsePlainDate("2026-07-01"), endExclusive: parsePlainDate("2026-10-01") };
    expect(drillCoverage.compute({ ...fleet, period })[0]?.caveats[0]).toBe(
      "As of the end of 2026-Q3, the last quarter attested.",
    );
  });

  it("does not count a drill that failed, or was not run", () => {
    expect(share([{ successful: false }, { id: 2, startedAt: null }])).toEqual([0, 2]);
  });
});
