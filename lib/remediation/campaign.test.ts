import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { MonthlyAmount } from "@/lib/domain/plan";
import { evenStarts, forecastOf, type StageCounts, stageOf, stageStandings } from "@/lib/remediation/campaign";
import { campaignCost } from "@/lib/remediation/campaign-cost";
import { campaignMarkdown } from "@/lib/remediation/campaign-markdown";
import { placeCampaign, type UnplacedPlan } from "@/lib/remediation/place-campaign";
import { step } from "@/lib/remediation/step-base";

const day = parsePlainDate;

describe("a campaign", () => {
  it.each([
    ["sandbox", false, "development"],
    ["test", false, "test"],
    ["staging", false, "staging"],
    ["production", true, "production"],
    ["unclassified", true, "production"],
    ["unclassified", false, "production"],
    ["something new", false, "production"],
    ["staging", true, "production"],
  ])("puts %s (production: %s) in the stage %s", (environment, countsAsProduction, stage) => {
    expect(stageOf({ environment, countsAsProduction })).toBe(stage);
  });

  it("gives stages equal parts of the time, and all of them the first day where there is none", () => {
    expect(evenStarts(3, day("2026-11-21"), day("2027-02-19"))).toEqual(["2026-11-21", "2026-12-21", "2027-01-20"]);
    expect(evenStarts(2, day("2026-11-21"), day("2026-11-21"))).toEqual(["2026-11-21", "2026-11-21"]);
    expect(evenStarts(0, day("2026-11-21"), day("2027-02-19"))).toEqual([]);
  });

  const pace = {
    startedOn: day("2026-11-01"),
    deadline: day("2027-03-01"),
    plans: 10,
    completed: 0,
    plannedEnd: day("2027-02-01"),
    overdueSteps: 0,
  };
  it.each([
    ["without a pace yet", pace, "2026-11-21", { atThisPace: null, verdict: "on-time" }],
    [
      "at a pace that reaches it",
      { ...pace, completed: 2 },
      "2026-11-21",
      { atThisPace: "2027-02-09", verdict: "on-time" },
    ],
    [
      "at a pace that does not",
      { ...pace, completed: 1 },
      "2026-11-21",
      { atThisPace: "2027-05-20", verdict: "at-risk" },
    ],
    ["with steps overdue", { ...pace, overdueSteps: 1 }, "2026-11-21", { verdict: "at-risk" }],
    ["planned beyond its deadline", { ...pace, plannedEnd: day("2027-03-02") }, "2026-11-21", { verdict: "late" }],
    ["past its deadline", pace, "2027-03-02", { verdict: "late" }],
    ["that is over", { ...pace, completed: 10, plannedEnd: null }, "2027-03-02", { verdict: "done", atThisPace: null }],
    [
      "of one day less than a pace needs",
      { ...pace, startedOn: day("2026-11-15"), completed: 2 },
      "2026-11-21",
      { atThisPace: null, unknown: expect.stringContaining("7 days") },
    ],
    ["on its last day", { ...pace, plannedEnd: day("2027-03-01") }, "2027-03-01", { verdict: "on-time" }],
    [
      "that begins later",
      { ...pace, startedOn: day("2026-12-01") },
      "2026-11-21",
      { atThisPace: null, verdict: "on-time" },
    ],
    ["of no plan", { ...pace, plans: 0 }, "2026-11-21", { verdict: "done" }],
  ])("is forecast %s", (_, given, today, expected) => {
    expect(forecastOf(given, day(today))).toMatchObject(expected);
  });
});

describe("the stages of a campaign", () => {
  const stage = (id: StageCounts["id"], startOn: string, counts: Partial<StageCounts> = {}): StageCounts => ({
    id,
    startOn: day(startOn),
    plans: 4,
    completed: 0,
    gone: 0,
    ...counts,
  });

  it("hold up those whose day has come until the ones ahead are finished", () => {
    const stages = [stage("test", "2026-11-01", { completed: 3 }), stage("production", "2026-12-01", { completed: 1 })];
    expect(stageStandings(stages, day("2026-11-30"))).toMatchObject([
      { open: 1, blocked: 0, reason: null },
      { open: 3, blocked: 0, reason: null },
    ]);
    expect(stageStandings(stages, day("2026-12-01"))[1]).toEqual({
      id: "production",
      completed: 1,
      open: 0,
      blocked: 3,
      reason: "Test is not finished.",
    });
    const finished = [stage("test", "2026-11-01", { completed: 4 }), stage("production", "2026-12-01")];
    expect(stageStandings(finished, day("2026-12-01"))[1]).toMatchObject({ open: 4, blocked: 0 });
  });

  it("call plans of gone brokers blocked, and a finished stage never", () => {
    expect(stageStandings([stage("test", "2026-11-01", { gone: 1 })], day("2026-11-01"))).toMatchObject([
      { open: 3, blocked: 1, reason: "A broker is gone." },
    ]);
    const late = [stage("test", "2026-11-01"), stage("production", "2026-11-01", { completed: 4 })];
    expect(stageStandings(late, day("2026-12-01"))[1]).toMatchObject({ open: 0, blocked: 0, reason: null });
  });
});

describe("placing a campaign", () => {
  const window = { dayOfWeek: "SUNDAY", timeOfDay: "03:00", timeZone: "UTC" };
  const inWindow = (key: string, dependsOn: string[] = []) =>
    step({
      key,
      kind: "version-hop",
      title: key,
      instructions: "",
      rollBack: "",
      effortHours: 2,
      inWindow: true,
      dependsOn,
    });
  const plan = (keys: string[], own: Partial<UnplacedPlan> = {}): UnplacedPlan => ({
    steps: keys.map((key) => inWindow(key)),
    window,
    has: new Set(),
    endsOn: null,
    ...own,
  });
  const time = { from: day("2026-11-21"), deadline: day("2027-01-20") };

  it("begins each stage with its part of the time, steps in the windows of their own brokers", () => {
    const [first, last] = placeCampaign(
      [
        { id: "staging", startOn: null, plans: [plan(["a"])] },
        {
          id: "production",
          startOn: null,
          plans: [plan(["a"]), plan(["a"], { window: { ...window, dayOfWeek: "FRIDAY" } })],
        },
      ],
      time,
    );
    expect(first).toMatchObject({ startOn: "2026-11-21", endsOn: "2026-11-22", overlaps: false });
    expect(last).toMatchObject({ startOn: "2026-12-21", endsOn: "2026-12-27", overlaps: false });
    expect(last?.plans.map(({ placements }) => placements.get("a")?.windowAt?.toISOString())).toEqual([
      "2026-12-27T03:00:00.000Z",
      "2026-12-25T03:00:00.000Z",
    ]);
  });

  it("begins a stage after the one ahead has ended, unless a person chose another day", () => {
    const long = plan(["a", "b", "c", "d", "e", "f"]);
    const stages = (startOn: string | null) => [
      { id: "test" as const, startOn: null, plans: [long] },
      { id: "production" as const, startOn: startOn === null ? null : day(startOn), plans: [plan(["a"])] },
    ];
    expect(placeCampaign(stages(null), time)).toMatchObject([
      { endsOn: "2026-12-27" },
      { startOn: "2026-12-28", endsOn: "2027-01-03", overlaps: false },
    ]);
    expect(placeCampaign(stages("2026-12-01"), time)[1]).toMatchObject({ startOn: "2026-12-01", overlaps: true });
  });

  it("leaves what a plan taken in has where it is: its own end counts, not where those steps would be placed", () => {
    const taken = plan(["a", "b"], { has: new Set(["a", "b"]), endsOn: day("2026-12-13") });
    expect(placeCampaign([{ id: "test", startOn: null, plans: [taken] }], time)[0]?.endsOn).toBe("2026-12-13");
  });

  it("knows no end where no step has a day", () => {
    expect(placeCampaign([{ id: "test", startOn: null, plans: [plan([])] }], time)[0]?.endsOn).toBeNull();
  });
});

describe("the cost of a campaign", () => {
  const known = (amount: string, currency = "USD"): MonthlyAmount => ({
    known: true,
    amount,
    currency,
    priceListOf: "2026-11-01",
  });
  const unknown: MonthlyAmount = { known: false, reason: "no price" };
  const cost = (before: MonthlyAmount, after: MonthlyAmount) => ({ cost: { before, after, parallel: null } });

  it("adds exact prices per currency, and counts what is unknown or unchanged instead of guessing", () => {
    const plans = [
      [cost(known("0.1"), known("0.2")), { cost: null }, cost(known("0.2"), known("0.4"))],
      [cost(known("0.2"), known("0.1"))],
      [cost(known("7", "EUR"), known("8", "EUR"))],
      [cost(known("7", "EUR"), known("8", "USD"))],
      [cost(known("1"), unknown)],
      [{ cost: null }],
    ];
    expect(campaignCost(plans)).toEqual({
      unchanged: 1,
      unknown: 2,
      reasons: ["The price changes its currency.", "no price"],
      known: [
        { currency: "EUR", plans: 1, before: "7", after: "8" },
        { currency: "USD", plans: 2, before: "0.3", after: "0.5" },
      ],
    });
  });
});

describe("a campaign as Markdown", () => {
  it("escapes names, and says why plans are blocked and a pace is unknown", () => {
    const text = campaignMarkdown({
      name: "Off *3.12*",
      goal: "",
      state: "running",
      startedOn: "2026-11-21",
      deadline: "2027-03-01",
      asOf: "2026-11-21T06:00:00.000Z",
      plans: 2,
      completed: 0,
      overdueSteps: 0,
      forecast: { plannedEnd: "2027-02-01", atThisPace: null, unknown: "No pace yet.", verdict: "on-time" },
      cost: { unchanged: 1, unknown: 1, reasons: ["No price."], known: [] },
      stages: [
        {
          title: "Test",
          startOn: "2026-11-21",
          endsOn: null,
          plans: 2,
          completed: 0,
          open: 1,
          blocked: 1,
          reason: "A broker is gone.",
        },
      ],
      items: [
        {
          title: "a|b",
          broker: "a",
          stage: "Test",
          owner: null,
          state: "active",
          doneSteps: 0,
          steps: 3,
          overdueSteps: 0,
          endsOn: null,
        },
      ],
    });
    expect(text).toContain("# Off \\*3.12\\*");
    expect(text).toContain("- Plans whose prices are not known: 1 (No price.)");
    expect(text).toContain("- At the pace so far: No pace yet.");
    expect(text).toContain("| Test | 2026-11-21 | none | 2 | 0 | 1 | 1 (A broker is gone.) |");
    expect(text).toContain("| a\\|b | a | Test | none | active | 0 of 3 | 0 | none |");
  });
});
