import { parsePlainDate } from "@/lib/domain/plain-date";
import type { FleetSnapshot, KpiDrill, KpiIncident, KpiRegister, KpiRegisterBroker } from "@/lib/kpis/define-kpi";
import { buildFleet, type KpiBrokerOverrides } from "@/lib/testing/build-fleet";

/** A highly available production broker of the register. */
export function buildRegisterBroker(overrides: Partial<KpiRegisterBroker> = {}): KpiRegisterBroker {
  return {
    id: 1,
    accountId: "111122223333",
    region: "eu-west-1",
    engine: "ACTIVEMQ",
    environment: "production",
    ownerKey: "payments",
    countsAsProduction: true,
    highlyAvailable: true,
    ...overrides,
  };
}

/** An unplanned broker failure of one hour in August 2026. */
export function buildIncident(overrides: Partial<KpiIncident> = {}): KpiIncident {
  return {
    id: 1,
    title: "Orders down",
    startedAt: new Date("2026-08-10T10:00:00Z"),
    endedAt: new Date("2026-08-10T11:00:00Z"),
    cause: "broker-failure",
    planned: false,
    applicationIds: [],
    brokers: [buildRegisterBroker()],
    ...overrides,
  };
}

/** A successful drill of five minutes in September 2026. */
export function buildDrill(overrides: Partial<KpiDrill> = {}): KpiDrill {
  return {
    id: 1,
    plannedOn: "2026-09-01",
    startedAt: new Date("2026-09-01T10:00:00Z"),
    recoveredAt: new Date("2026-09-01T10:05:00Z"),
    successful: true,
    brokers: [buildRegisterBroker()],
    ...overrides,
  };
}

/** A register attested for the third quarter of 2026, the last one that is over on the day of built fleets. */
export function buildRegister(overrides: Partial<KpiRegister> = {}): KpiRegister {
  return {
    attested: [
      {
        start: parsePlainDate("2026-07-01"),
        endExclusive: parsePlainDate("2026-10-01"),
        at: new Date("2026-10-05T09:00:00Z"),
      },
    ],
    unreviewed: [],
    incidents: [],
    drills: [],
    applications: [],
    ...overrides,
  };
}

/** A fleet with a register. */
export function buildRegisteredFleet(
  register: Partial<KpiRegister> = {},
  brokers: readonly KpiBrokerOverrides[] = [{}],
): FleetSnapshot {
  return buildFleet(brokers, { register: buildRegister(register) });
}
