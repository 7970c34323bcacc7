import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { splitFleet } from "@/lib/kpis/cut-fleet";
import { downtimeIncidents } from "@/lib/kpis/downtime-incidents";
import { buildIncident, buildRegister, buildRegisterBroker, buildRegisteredFleet } from "@/lib/testing/build-register";

const second = {
  start: parsePlainDate("2026-04-01"),
  endExclusive: parsePlainDate("2026-07-01"),
  at: new Date("2026-07-02T00:00:00Z"),
};
const partsOf = (fleet: ReturnType<typeof buildRegisteredFleet>) =>
  Object.fromEntries(downtimeIncidents.compute(fleet)[0]?.parts.map((part) => [part.label, part.value]) ?? []);

describe("downtime-incidents", () => {
  it("counts unplanned broker failures that started in the quarter", () => {
    const fleet = buildRegisteredFleet({
      incidents: [
        buildIncident(),
        buildIncident({ id: 2, planned: true }),
        buildIncident({ id: 3, cause: "client" }),
        buildIncident({ id: 4, startedAt: new Date("2026-06-30T23:59:59Z") }),
        buildIncident({ id: 5, startedAt: new Date("2026-10-01T00:00:00Z") }),
      ],
    });
    expect(downtimeIncidents.compute(fleet)[0]?.value?.toNumber()).toBe(1);
  });

  it("tells the change only when the quarter before is attested too", () => {
    const incidents = [buildIncident(), buildIncident({ id: 2, startedAt: new Date("2026-05-01T00:00:00Z") })];
    expect(partsOf(buildRegisteredFleet({ incidents }))).toEqual({});
    const attested = [...buildRegister().attested, second];
    expect(partsOf(buildRegisteredFleet({ incidents, attested }))).toEqual({ "The quarter before": "1", Change: "0" });
  });

  it("belongs to each cut whose brokers it touched", () => {
    const brokers = [buildRegisterBroker({ ownerKey: "a" }), buildRegisterBroker({ id: 2, ownerKey: "b" })];
    const fleet = buildRegisteredFleet({ incidents: [buildIncident({ brokers })] }, [
      { assignedOwner: "a" },
      { assignedOwner: "b" },
      { assignedOwner: "c" },
    ]);
    const counts = [...splitFleet(fleet, "owner")].map(([key, part]) => [
      key,
      downtimeIncidents.compute(part)[0]?.value?.toNumber(),
    ]);
    expect(counts).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", 0],
    ]);
  });
});
