import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { NO_INTERRUPTION } from "@/lib/reference/interruptions";
import { isObservedDone, judgeChecks } from "@/lib/remediation/done-condition";
import { placeSteps } from "@/lib/remediation/place-steps";
import { planMarkdown } from "@/lib/remediation/plan-markdown";
import { isOverdue, progressOf } from "@/lib/remediation/plan-progress";
import { brokerShows, observed, step } from "@/lib/remediation/step-base";
import { buildBroker } from "@/lib/testing/build-broker";

const day = parsePlainDate;
const { attributes } = buildBroker();
const world = (overrides: object = {}, gone = false) => ({
  broker: { attributes: { ...attributes, ...overrides }, gone, ruleResults: { "general-logs-enabled": "pass" } },
  replacement: null,
});

describe("what is seen to be done", () => {
  it.each([
    ["a setting", brokerShows("autoMinorVersionUpgrade", "equals", true), {}, true],
    [
      "a setting that is off",
      brokerShows("autoMinorVersionUpgrade", "equals", true),
      { autoMinorVersionUpgrade: false },
      false,
    ],
    [
      "a setting never observed",
      brokerShows("autoMinorVersionUpgrade", "equals", true),
      { autoMinorVersionUpgrade: undefined },
      null,
    ],
    ["a line passed by", brokerShows("engineLine", "at-least", "5.18"), {}, true],
    ["5.9, which is older than 5.18", brokerShows("engineLine", "at-least", "5.18"), { engineVersion: "5.9.1" }, false],
    ["a version that is none", brokerShows("engineVersion", "at-least", "5.18"), { engineVersion: "latest" }, false],
    ["nothing pending", brokerShows("pendingChanges", "equals", 0), {}, true],
    [
      "a user pending",
      brokerShows("pendingChanges", "equals", 0),
      { users: [{ username: "a", pendingChange: "CREATE" }] },
      false,
    ],
    ["an action no longer asked for", brokerShows("actionCodes", "lacks", ["X"]), {}, true],
    [
      "a pending revision",
      brokerShows("configurationRevision", "at-least", 4),
      { configuration: { current: { id: "c", revision: 3 }, pending: { id: "c", revision: 4 }, history: [] } },
      true,
    ],
    ["tags with values", brokerShows("tagKeys", "holds-all", ["owner"]), { tags: { Owner: " " } }, false],
    ["a rule that passes", brokerShows("rule:general-logs-enabled", "equals", "pass"), {}, true],
    ["a rule never judged", brokerShows("rule:owner-assigned", "equals", "pass"), {}, null],
    ["a broker that is there", brokerShows("presence", "equals", "gone"), {}, false],
  ])("judges %s", (_, check, overrides, met) => {
    expect(judgeChecks(observed(check), world(overrides))[0]?.met).toBe(met);
    expect(isObservedDone(observed(check), world(overrides))).toBe(met === true);
  });

  it("takes nothing for done that a gone broker looked like, and no attestation ever", () => {
    expect(isObservedDone(observed(brokerShows("autoMinorVersionUpgrade", "equals", true)), world({}, true))).toBe(
      false,
    );
    expect(isObservedDone({ kind: "attestation", statement: "So it is." }, world())).toBe(false);
  });
});

describe("placing steps", () => {
  const window = { dayOfWeek: "SUNDAY", timeOfDay: "03:00", timeZone: "Europe/Berlin" };
  const some = (key: string, inWindow: boolean, dependsOn: string[] = [], effortHours = 4) => ({
    key,
    inWindow,
    dependsOn,
    effortHours,
  });

  it("gives each step in a window one of its own, after what it depends on", () => {
    const placed = placeSteps(
      [
        some("test", false, [], 8),
        some("hop-1", true, ["test"]),
        some("test-2", false),
        some("hop-2", true, ["hop-1", "test-2"]),
      ],
      window,
      day("2026-11-20"),
    );
    expect(placed.get("test")?.plannedOn).toBe("2026-11-24");
    expect(placed.get("hop-1")?.windowAt?.toISOString()).toBe("2026-11-29T02:00:00.000Z");
    expect(placed.get("hop-2")?.windowAt?.toISOString()).toBe("2026-12-06T02:00:00.000Z");
  });

  it("gives days alone where no window is known", () => {
    expect(placeSteps([some("hop", true)], null, day("2026-11-20")).get("hop")).toEqual({
      plannedOn: "2026-11-23",
      windowAt: null,
    });
  });

  it("calls a step overdue when its window is over, or its day", () => {
    const windowAt = new Date("2026-11-29T02:00:00Z");
    const late = { state: "open" as const, plannedOn: day("2026-11-29"), windowAt };
    expect(isOverdue(late, new Date("2026-11-29T03:59:00Z"))).toBe(false);
    expect(isOverdue(late, new Date("2026-11-29T04:00:00Z"))).toBe(true);
    expect(isOverdue({ ...late, state: "done" }, new Date("2027-01-01T00:00:00Z"))).toBe(false);
    expect(isOverdue({ ...late, windowAt: null }, new Date("2026-11-29T23:59:00Z"))).toBe(false);
    const steps = [
      { key: "a", dependsOn: [], ...late },
      { key: "b", dependsOn: [], ...late, state: "skipped" as const },
      { key: "c", dependsOn: [], ...late, state: "done" as const },
    ];
    expect(progressOf(steps, new Date("2026-12-01T00:00:00Z"))).toEqual({
      done: 1,
      total: 2,
      overdue: 1,
      endsOn: "2026-11-29",
    });
  });
});

describe("a plan as Markdown", () => {
  it("escapes what people wrote, and fences what could end a fence", () => {
    const one = step({
      key: "a",
      kind: "manual",
      title: "Do *this*\n# now",
      instructions: "<b>",
      rollBack: "none",
      effortHours: 1,
      snippets: { awsCli: "a ```` b", terraform: null, cloudFormation: null },
    });
    const text = planMarkdown({
      title: "Plan",
      state: "active",
      broker: { name: "o|rders", id: "b-1", account: "1", region: "eu-west-1" },
      note: "",
      notes: [],
      asOf: "2026-11-21",
      progress: "0 of 1 steps done.",
      findings: [],
      steps: [
        {
          ...one,
          interruption: NO_INTERRUPTION,
          state: "open",
          plannedText: "not planned",
          assignee: null,
          doneAt: null,
          doneBy: null,
          doneBasis: null,
          doneNote: null,
        },
      ],
    });
    expect(text).toContain("### 1. Do \\*this\\* \\# now");
    expect(text).toContain("o\\|rders");
    expect(text).toContain("`````sh\na ```` b\n`````");
    expect(text).toContain("\\<b\\>");
  });
});
