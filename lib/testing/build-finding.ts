import type { Acceptance, EpisodeState, FindingSnapshot } from "@/lib/domain/finding";

/** An open episode of a rule that failed since 2026-11-01, with the overrides. */
export function buildEpisode(overrides: Partial<EpisodeState> = {}): EpisodeState {
  return {
    number: 1,
    state: "open",
    severity: "medium",
    openedAt: new Date("2026-11-01T06:00:00Z"),
    openedAfter: new Date("2026-11-01T00:00:00Z"),
    closedAt: null,
    closedAfter: null,
    closeCause: null,
    ruleVersion: 1,
    recurring: false,
    flaps: 0,
    evidence: {},
    observedHash: "before",
    policyHash: "policy",
    stateBeforeClose: null,
    acceptance: null,
    request: null,
    acknowledgement: null,
    fixClaim: null,
    planId: null,
    dueBaseOn: null,
    dueMovedDays: 0,
    ...overrides,
  };
}

/** An approved acceptance of a medium finding until the end of the year, with the overrides. */
export function buildAcceptance(overrides: Partial<Acceptance> = {}): Acceptance {
  return {
    kind: "accepted",
    reason: "The network is closed.",
    requestedBy: { id: "1", name: "ana" },
    approvedBy: { id: "2", name: "ben" },
    approvedAt: new Date("2026-11-02T06:00:00Z"),
    expiresAt: new Date("2026-12-31T00:00:00Z"),
    severity: "medium",
    grade: null,
    pausedFrom: null,
    ...overrides,
  };
}

/** A finding of a broker with these episodes. */
export function buildFinding(
  episodes: readonly EpisodeState[],
  overrides: Partial<FindingSnapshot> = {},
): FindingSnapshot {
  return {
    ruleId: "broker-not-public",
    subjectType: "broker",
    subjectKey: "arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1",
    discriminator: "",
    episodes,
    ...overrides,
  };
}
