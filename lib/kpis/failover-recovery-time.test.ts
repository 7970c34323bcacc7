import { describe, expect, it } from "vitest";
import { failoverRecoveryTime } from "@/lib/kpis/failover-recovery-time";
import { buildDrill, buildIncident, buildRegisterBroker, buildRegisteredFleet } from "@/lib/testing/build-register";

const at = (minute: number) => new Date(Date.parse("2026-09-01T10:00:00Z") + minute * 60_000);

describe("failover-recovery-time", () => {
  it("tells drills and real failures of highly available brokers apart", () => {
    const values = failoverRecoveryTime.compute(
      buildRegisteredFleet({
        drills: [buildDrill({ recoveredAt: at(4) }), buildDrill({ id: 2, recoveredAt: at(8) })],
        incidents: [
          buildIncident(),
          buildIncident({ id: 2, brokers: [buildRegisterBroker({ highlyAvailable: false })] }),
        ],
      }),
    );
    expect(values.map(({ series, value }) => [series, value?.toNumber()])).toEqual([
      ["drill", 6],
      ["broker-failure", 60],
    ]);
    expect(values[0]?.parts.map(({ value }) => value)).toEqual(["6", "8", "2"]);
  });

  it("leaves out, and counts, drills that were planned and not run", () => {
    const [drill] = failoverRecoveryTime.compute(
      buildRegisteredFleet({ drills: [buildDrill({ startedAt: null, recoveredAt: null, successful: null })] }),
    );
    expect(drill?.value).toBeNull();
    expect(drill?.exclusions).toEqual([{ reason: "Planned and not run, or not recovered", count: 1 }]);
  });

  it("names the drills behind it", () => {
    const fleet = buildRegisteredFleet({ drills: [buildDrill()], incidents: [buildIncident({ endedAt: null })] });
    expect(failoverRecoveryTime.contributors(fleet).map(({ series, group }) => [series, group])).toEqual([
      ["drill", "numerator"],
      ["broker-failure", "excluded"],
    ]);
  });
});
