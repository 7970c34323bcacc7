import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { versionIncidents } from "@/lib/kpis/version-incidents";
import { buildFleet } from "@/lib/testing/build-fleet";
import { buildIncident, buildRegister, buildRegisterBroker, buildRegisteredFleet } from "@/lib/testing/build-register";

const compute = (...args: Parameters<typeof buildRegisteredFleet>) =>
  versionIncidents.compute(buildRegisteredFleet(...args))[0];

describe("version-incidents", () => {
  it("counts production incidents by a version or a forced upgrade", () => {
    const value = compute({
      incidents: [
        buildIncident({ id: 1, cause: "forced-upgrade" }),
        buildIncident({ id: 2, cause: "version-incompatibility" }),
        buildIncident({
          id: 3,
          cause: "version-incompatibility",
          brokers: [buildRegisterBroker({ countsAsProduction: false })],
        }),
        buildIncident({ id: 4, cause: "network" }),
      ],
    });
    expect([value?.value?.toNumber(), value?.denominator?.toNumber(), value?.unavailable]).toEqual([2, 4, null]);
  });

  it("is zero in an attested quarter without incidents", () => {
    expect(compute({})?.value?.toNumber()).toBe(0);
  });

  it.each([
    ["nobody attested the quarter", { attested: [] }, "not attested for 2026-Q3"],
    [
      "a suggestion of the quarter is unreviewed",
      { unreviewed: [parsePlainDate("2026-09-30")] },
      "1 suggested incident of 2026-Q3",
    ],
  ])("is unavailable while %s", (_, register, reason) => {
    const value = compute(register);
    expect(value?.value).toBeNull();
    expect(value?.unavailable).toContain(reason);
  });

  it("does not wait for suggestions of the running quarter", () => {
    expect(compute({ unreviewed: [parsePlainDate("2026-10-01")] })?.value?.toNumber()).toBe(0);
  });

  it("looks at the quarter it is given", () => {
    const period = { start: parsePlainDate("2026-04-01"), endExclusive: parsePlainDate("2026-07-01") };
    const [value] = versionIncidents.compute(buildFleet([{}], { register: buildRegister(), period }));
    expect(value?.unavailable).toContain("2026-Q2");
  });
});
