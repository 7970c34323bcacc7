import { describe, expect, it } from "vitest";
import { MAX_ATTEMPTS, retryDelayMs } from "./retry";
import { type Directory, type RoutedEvent, type RoutingChannel, type RoutingRule, routeEvents } from "./route-events";
import { quietUntil, type ScheduleSettings, slotOf } from "./schedule";

const LISBON: ScheduleSettings = {
  timeZone: "Europe/Lisbon",
  digestHour: 8,
  weeklyDay: 1,
  quietHours: { from: "22:00", until: "07:00" },
  quietForCritical: false,
};
const at = (text: string) => new Date(text);

describe("when a message goes", () => {
  it.each([
    // Lisbon is UTC in winter, UTC+1 in summer; 2026-11-20 is a Friday.
    ["daily", "2026-11-20T07:59:59Z", "2026-11-20T08:00:00.000Z", "daily:2026-11-20"],
    ["daily", "2026-11-20T08:00:00Z", "2026-11-21T08:00:00.000Z", "daily:2026-11-21"],
    ["daily", "2026-07-01T06:59:59Z", "2026-07-01T07:00:00.000Z", "daily:2026-07-01"],
    ["weekly", "2026-11-20T09:00:00Z", "2026-11-23T08:00:00.000Z", "weekly:2026-11-23"],
    ["weekly", "2026-11-23T08:00:00Z", "2026-11-30T08:00:00.000Z", "weekly:2026-11-30"],
    // The clocks go back on 2026-10-25.
    ["daily", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00.000Z", "daily:2026-10-25"],
    ["at-once", "2026-11-20T12:00:00Z", "2026-11-20T12:00:00.000Z", null],
    ["at-once", "2026-11-20T22:00:00Z", "2026-11-21T07:00:00.000Z", "quiet:2026-11-21T07:00:00.000Z"],
    ["at-once", "2026-11-21T06:59:00Z", "2026-11-21T07:00:00.000Z", "quiet:2026-11-21T07:00:00.000Z"],
    ["at-once", "2026-11-21T07:00:00Z", "2026-11-21T07:00:00.000Z", null],
  ] as const)("%s at %s: %s", (delivery, now, dueAt, batch) => {
    const slot = slotOf(delivery, "high", at(now), LISBON);
    expect([slot.dueAt.toISOString(), slot.batch]).toEqual([dueAt, batch]);
  });

  it("wakes people for what is critical, unless told not to", () => {
    const night = at("2026-11-20T23:00:00Z");
    expect(slotOf("at-once", "critical", night, LISBON).dueAt).toEqual(night);
    expect(slotOf("at-once", "critical", night, { ...LISBON, quietForCritical: true }).batch).toMatch(/^quiet:/);
  });

  it("knows quiet hours within a day, and none", () => {
    const noon = { ...LISBON, quietHours: { from: "12:00", until: "13:30" } };
    expect(quietUntil(at("2026-11-20T12:10:00Z"), noon)).toEqual(at("2026-11-20T13:30:00Z"));
    expect(quietUntil(at("2026-11-20T13:30:00Z"), noon)).toBeNull();
    expect(quietUntil(at("2026-11-20T12:10:00Z"), { ...LISBON, quietHours: null })).toBeNull();
  });
});

const person = (name: string) => ({ address: `${name}@example.com`, name, personId: name });
const directory: Directory = {
  owners: new Map([
    [1, { name: "Payments", recipients: [person("ana"), person("pat")] }],
    [2, { name: "Nobody", recipients: [] }],
  ]),
  platform: [person("ada"), person("pat")],
  finops: [],
  manager: [person("max")],
};
const rule = (overrides: Partial<RoutingRule>): RoutingRule => ({
  kinds: ["sla-breached"],
  leastSeverity: "low",
  audiences: ["owner"],
  delivery: "daily",
  channelIds: [],
  ...overrides,
});
const event = (overrides: Partial<RoutedEvent> = {}): RoutedEvent => ({
  id: "1",
  kind: "sla-breached",
  severity: "high",
  ownerId: 1,
  ...overrides,
});
const MAIL: RoutingChannel = { id: 1, personal: true, grouping: "step" };
const HOOK: RoutingChannel = { id: 2, personal: false, grouping: "event" };
const CHAT: RoutingChannel = { id: 3, personal: false, grouping: "step" };
const NOW = at("2026-11-20T12:00:00Z");
const route = (events: RoutedEvent[], rules: RoutingRule[], channels = [MAIL]) =>
  routeEvents(events, { rules, channels, directory, settings: LISBON, now: NOW });
const told = (...args: Parameters<typeof route>) =>
  route(...args).map(({ recipient, delivery, events }) => [
    recipient.name,
    delivery,
    events.map(({ eventId }) => eventId).join(),
  ]);

describe("who is told", () => {
  it("is the owner's people, by rule and severity", () => {
    expect(told([event()], [rule({})])).toEqual([
      ["ana", "daily", "1"],
      ["pat", "daily", "1"],
    ]);
    expect(told([event()], [rule({ leastSeverity: "critical" })])).toEqual([]);
    expect(told([event({ kind: "sla-near" })], [rule({})])).toEqual([]);
  });

  it("is told once where several rules say so, by the most urgent", () => {
    const rules = [rule({ audiences: ["owner", "platform"] }), rule({ audiences: ["platform"], delivery: "at-once" })];
    expect(told([event()], rules)).toEqual([
      ["ana", "daily", "1"],
      ["pat", "at-once", "1"],
      ["ada", "at-once", "1"],
    ]);
  });

  it.each([
    [2, "nobody can be reached for the owner Nobody"],
    [null, "it has no owner"],
    [99, "nobody can be reached for the owner 99"],
  ])("is the platform team, with the reason, for an owner who cannot be reached (%s)", (ownerId, reason) => {
    const messages = route([event({ ownerId })], [rule({})]);
    expect(messages.map(({ recipient }) => recipient.name)).toEqual(["ada", "pat"]);
    for (const message of messages) expect(message.events[0]?.reason).toContain(reason);
  });

  it("is the platform team where nobody has the role", () => {
    const [message] = route(
      [event({ kind: "cost-anomaly", ownerId: null })],
      [rule({ kinds: ["cost-anomaly"], audiences: ["finops"] })],
    );
    expect([message?.recipient.name, message?.events[0]?.reason]).toEqual([
      "ada",
      "Sent to the platform team, because nobody has the role FinOps.",
    ]);
  });

  it("is no owner of what has none by nature, and needs no reason where the platform team is meant anyway", () => {
    expect(
      told([event({ kind: "sync-failed", ownerId: null })], [rule({ kinds: ["sync-failed"] })], [MAIL, CHAT]),
    ).toEqual([]);
    const [message] = route([event({ ownerId: null })], [rule({}), rule({ audiences: ["platform"] })]);
    expect(message?.events).toEqual([{ eventId: "1", reason: "" }]);
  });

  it("gets one message of many events: a digest, a step; but programs get one per event at once", () => {
    const events = [event(), event({ id: "2", severity: "critical" })];
    const rules = [rule({ delivery: "at-once" })];
    expect(route(events, rules, [CHAT]).map(({ events: all, severity }) => [all.length, severity])).toEqual([
      [2, "critical"],
    ]);
    expect(route(events, rules, [HOOK]).map(({ batchKey }) => batchKey)).toEqual(["once:1", "once:2"]);
    expect(route(events, [rule({})], [HOOK]).map(({ events: all }) => all.length)).toEqual([2]);
  });

  it("goes by the channels of the rule alone, where it names some", () => {
    expect(route([event()], [rule({ channelIds: [3] })], [MAIL, HOOK, CHAT]).map(({ channelId }) => channelId)).toEqual(
      [3],
    );
  });
});

describe("the next attempt", () => {
  it("comes later each time, not before the receiver wants it, and not for ever", () => {
    const delays = Array.from({ length: MAX_ATTEMPTS }, (_, index) => retryDelayMs(index + 1, null));
    expect(delays.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(delays.at(-1)).toBeNull();
    const hours = delays.reduce<number>((sum, delay) => sum + (delay ?? 0), 0) / 3_600_000;
    expect(hours).toBeGreaterThan(18);
    expect(hours).toBeLessThan(24);
    expect(retryDelayMs(1, 600_000)).toBe(600_000);
  });
});
