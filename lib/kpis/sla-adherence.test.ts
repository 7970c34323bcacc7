import { describe, expect, it } from "vitest";
import { slaAdherence } from "@/lib/kpis/sla-adherence";
import { buildIncident, buildRegisterBroker, buildRegisteredFleet } from "@/lib/testing/build-register";

const MINUTES_OF_Q3 = 92 * 24 * 60;
const applications = [{ id: 7, name: "Checkout", slaTarget: 99.9, brokers: [buildRegisterBroker()] }];
const down = (from: string, until: string | null, more: Parameters<typeof buildIncident>[0] = {}) =>
  buildIncident({
    startedAt: new Date(from),
    endedAt: until === null ? null : new Date(until),
    applicationIds: [7],
    ...more,
  });
const upMinutes = (...incidents: ReturnType<typeof down>[]) =>
  slaAdherence.compute(buildRegisteredFleet({ applications, incidents }))[0]?.numerator?.toNumber();

describe("sla-adherence", () => {
  it("takes overlapping outages once", () => {
    expect(
      upMinutes(
        down("2026-08-01T10:00:00Z", "2026-08-01T11:00:00Z"),
        down("2026-08-01T10:30:00Z", "2026-08-01T11:30:00Z"),
      ),
    ).toBe(MINUTES_OF_Q3 - 90);
    expect(
      upMinutes(
        down("2026-08-01T10:00:00Z", "2026-08-01T12:00:00Z"),
        down("2026-08-01T10:30:00Z", "2026-08-01T11:00:00Z"),
      ),
    ).toBe(MINUTES_OF_Q3 - 120);
  });

  it("clips downtime to the quarter", () => {
    expect(upMinutes(down("2026-06-30T23:00:00Z", "2026-07-01T00:10:00Z"))).toBe(MINUTES_OF_Q3 - 10);
    expect(upMinutes(down("2026-09-30T23:50:00Z", null))).toBe(MINUTES_OF_Q3 - 10);
    expect(upMinutes(down("2026-10-01T00:00:00Z", null))).toBe(MINUTES_OF_Q3);
  });

  it("shows planned downtime and does not count it, nor that of others", () => {
    const fleet = buildRegisteredFleet({
      applications,
      incidents: [
        down("2026-08-01T10:00:00Z", "2026-08-01T11:00:00Z", { planned: true }),
        down("2026-08-01T10:00:00Z", "2026-08-01T11:00:00Z", { id: 2, applicationIds: [8] }),
      ],
    });
    const [value] = slaAdherence.compute(fleet);
    expect(value?.value?.toNumber()).toBe(100);
    expect(value?.parts.map(({ label, value: text }) => [label, text])).toEqual([
      ["Target", "99.9"],
      ["Unplanned downtime", "0"],
      ["Planned downtime", "60"],
      ["Incidents", "1"],
    ]);
  });

  it("is unavailable without applications", () => {
    const [value] = slaAdherence.compute(buildRegisteredFleet());
    expect(value?.unavailable).toContain("No application");
  });
});
