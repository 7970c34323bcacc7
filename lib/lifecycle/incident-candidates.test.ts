import { describe, expect, it } from "vitest";
import { incidentCandidates, type ObservedChange } from "@/lib/lifecycle/incident-candidates";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";

const change = (overrides: Partial<ObservedChange>): ObservedChange => ({
  brokerId: 1,
  engine: "ACTIVEMQ",
  attribute: "state",
  oldValue: "RUNNING",
  newValue: "REBOOT_IN_PROGRESS",
  observedAt: new Date("2026-11-10T06:00:00Z"),
  previousObservedAt: new Date("2026-11-10T00:00:00Z"),
  ...overrides,
});
const of = (...changes: Partial<ObservedChange>[]) => incidentCandidates(changes.map(change), SHIPPED_SUPPORT_CALENDAR);

describe("incident candidates", () => {
  it("suggests reboots and states of trouble, with the times that observations allow", () => {
    const [reboot] = of(
      {},
      { oldValue: "REBOOT_IN_PROGRESS", newValue: "RUNNING", observedAt: new Date("2026-11-10T12:00:00Z") },
    );
    expect(reboot).toMatchObject({
      id: `1-${Date.parse("2026-11-10T06:00:00Z")}`,
      cause: "maintenance",
      startedAfter: new Date("2026-11-10T00:00:00Z"),
      endedBy: new Date("2026-11-10T12:00:00Z"),
    });
    expect(of({ newValue: "CRITICAL_ACTION_REQUIRED" })[0]).toMatchObject({ cause: "broker-failure", endedBy: null });
  });

  it("suggests nothing for creation, deletion and coming back", () => {
    expect(
      of({ newValue: "RUNNING" }, { newValue: "DELETION_IN_PROGRESS" }, { newValue: "CREATION_IN_PROGRESS" }),
    ).toEqual([]);
  });

  it("suggests a forced upgrade when the version changes after the end of support of its line, not before", () => {
    const version = { attribute: "engineVersion", oldValue: "5.17.6", newValue: "5.18.4" } as const;
    expect(of(version)[0]).toMatchObject({ cause: "forced-upgrade", endedBy: new Date("2026-11-10T06:00:00Z") });
    expect(of({ ...version, observedAt: new Date("2024-01-10T06:00:00Z") })).toEqual([]);
    expect(
      of({ ...version, oldValue: "5.18.4", newValue: "5.19.1", observedAt: new Date("2025-01-10T06:00:00Z") }),
    ).toEqual([]);
  });

  it("makes one of a reboot and a version change seen at once, and calls it a forced upgrade", () => {
    const both = of({}, { attribute: "engineVersion", oldValue: "5.17.6", newValue: "5.18.4" });
    expect(both).toHaveLength(1);
    expect(both[0]?.cause).toBe("forced-upgrade");
    expect(of({ attribute: "engineVersion", oldValue: "5.17.6", newValue: "5.18.4" }, {})[0]?.cause).toBe(
      "forced-upgrade",
    );
  });
});
