import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type Advisory, findAdvisory } from "@/lib/reference/advisories";
import { matchAdvisories, matchAdvisory } from "./advisory-match";

const today = parsePlainDate("2026-11-21");

function shipped(id: string): Advisory {
  const advisory = findAdvisory(id);
  if (!advisory) throw new Error(`no advisory ${id}`);
  return advisory;
}

function match(id: string, version: string, on = today) {
  const advisory = shipped(id);
  return matchAdvisory(advisory, { engine: advisory.engine, version, on });
}

describe("version ranges", () => {
  it.each([
    // CVE-2023-46604: < 5.15.16, 5.16.0 - 5.16.6, 5.17.0 - 5.17.5, 5.18.0 - 5.18.2
    ["CVE-2023-46604", "5.15.15", "affected"],
    ["CVE-2023-46604", "5.15.16", "not-affected"],
    ["CVE-2023-46604", "5.16.6", "affected"],
    ["CVE-2023-46604", "5.16.7", "not-affected"],
    ["CVE-2023-46604", "5.17.5", "affected"],
    ["CVE-2023-46604", "5.18.2", "affected"],
    ["CVE-2023-46604", "5.18.4", "not-affected"],
    ["CVE-2023-46604", "5.18", "unknown-patch"],
    ["CVE-2023-46604", "5.19", "not-affected"],
    ["CVE-2023-46604", "5.9.0", "affected"],
    // CVE-2026-34197: everything before 5.19.4
    ["CVE-2026-34197", "5.18.4", "affected"],
    ["CVE-2026-34197", "5.18", "affected"],
    ["CVE-2026-34197", "5.19", "unknown-patch"],
    ["CVE-2026-34197", "5.19.3", "affected"],
    ["CVE-2026-34197", "5.19.4", "not-affected"],
    ["CVE-2026-34197", "5.19.10", "not-affected"],
    // CVE-2025-27533 starts at 5.16.0: 5.15 is not mentioned
    ["CVE-2025-27533", "5.15.16", "not-assessed"],
    ["CVE-2025-27533", "5.17.6", "affected"],
    // CVE-2026-50750: only 5.19.7, a defect of a fix
    ["CVE-2026-50750", "5.19.6", "not-affected"],
    ["CVE-2026-50750", "5.19.7", "affected"],
    ["CVE-2026-50750", "5.19.8", "not-affected"],
    // 6.x only
    ["CVE-2024-32114", "5.18.4", "not-applicable"],
    // CVE-2024-51988: after 3.12.7, which itself is not affected, up to 3.12.11
    ["CVE-2024-51988", "3.12.7", "not-affected"],
    ["CVE-2024-51988", "3.12.8", "affected"],
    ["CVE-2024-51988", "3.12.11", "not-affected"],
    ["CVE-2024-51988", "3.11.28", "not-assessed"],
    ["CVE-2024-51988", "3.13.7", "not-affected"],
    // CVE-2026-67233: 3.13.0 - 3.13.14, 4.2.0 - 4.2.5, 4.3.0
    ["CVE-2026-67233", "3.13.7", "affected"],
    ["CVE-2026-67233", "3.12.13", "not-assessed"],
    ["CVE-2026-67233", "4.2", "unknown-patch"],
    ["CVE-2026-67233", "4.2.5", "affected"],
    ["CVE-2026-67233", "4.2.6", "not-affected"],
    ["CVE-2026-67233", "4.3.0", "affected"],
    ["CVE-2026-67233", "latest", "unknown-patch"],
    ["CVE-2026-67233", "4", "unknown-patch"],
  ])("%s for %s: %s", (id, version, outcome) => {
    expect(match(id, version).outcome).toBe(outcome);
  });

  it("do not concern another engine", () => {
    expect(matchAdvisory(shipped("CVE-2026-34197"), { engine: "RABBITMQ", version: "3.13.7", on: today }).outcome).toBe(
      "not-applicable",
    );
  });
});

describe("severity and exploitation", () => {
  it("makes a known exploited advisory critical from the day it was listed", () => {
    expect(match("CVE-2026-34197", "5.18.4", parsePlainDate("2026-04-15"))).toMatchObject({
      severity: "high",
      knownExploited: false,
    });
    expect(match("CVE-2026-34197", "5.18.4", parsePlainDate("2026-04-16"))).toMatchObject({
      severity: "critical",
      knownExploited: true,
    });
  });

  it("says unknown, not no, where the catalogue is older than the advisory", () => {
    expect(match("CVE-2026-53916", "5.18.4")).toMatchObject({ severity: "high", knownExploited: null });
    expect(match("CVE-2025-27533", "5.17.6")).toMatchObject({ knownExploited: false });
  });
});

describe("fixes on Amazon MQ", () => {
  it.each([
    // 5.18 has no fix upstream: only the 5.19 line does.
    ["CVE-2026-34197", "5.18.4", [{ line: "5.19", fixedIn: "5.19.4" }]],
    // 3.13.8 exists in commercial builds only; 4.2 and 4.3 are newer than everything affected.
    [
      "CVE-2025-30219",
      "3.13.7",
      [
        { line: "4.2", fixedIn: null },
        { line: "4.3", fixedIn: null },
      ],
    ],
    [
      "CVE-2026-67233",
      "3.13.7",
      [
        { line: "4.2", fixedIn: "4.2.6" },
        { line: "4.3", fixedIn: "4.3.1" },
      ],
    ],
    // 4.2.10 is commercial only: the way out is 4.3.
    ["GHSA-cfqc-c682-93mm", "4.2.9", [{ line: "4.3", fixedIn: "4.3.5" }]],
  ])("of %s for %s are %j", (id, version, fixes) => {
    expect(match(id, version).fixOptions).toEqual(fixes);
  });

  it("are none before the line with the fix is offered, and the finding says so", () => {
    const before = match("CVE-2026-67233", "3.13.7", parsePlainDate("2025-11-19"));
    expect(before.fixOptions).toEqual([]);
    expect(before.explanation).toMatch(/No line that Amazon MQ offers has the fix: mitigate/);
  });

  it("do not count a line on which AWS refuses new brokers", () => {
    const fixes = (on: string) =>
      match("CVE-2023-46604", "5.16.6", parsePlainDate(on)).fixOptions.map((fix) => fix.line);
    expect(fixes("2024-10-15")).toEqual(["5.16", "5.17", "5.18"]);
    expect(fixes("2024-10-16")).toEqual(["5.17", "5.18"]);
  });

  it("are not looked for where nothing matches", () => {
    expect(match("CVE-2023-46604", "5.18.4").fixOptions).toEqual([]);
    expect(match("CVE-2023-46604", "5.18.4").explanation).toMatch(/not in an affected range/);
  });
});

describe("matchAdvisories", () => {
  it("leaves out what was published later, what is fixed and what does not apply", () => {
    const on = parsePlainDate("2024-12-31");
    expect(matchAdvisories({ engine: "ACTIVEMQ", version: "5.17.5", on }).map((m) => m.advisory.id)).toEqual([
      "CVE-2023-46604",
    ]);
    expect(matchAdvisories({ engine: "ACTIVEMQ", version: "5.17.6", on })).toEqual([]);
  });

  it("puts what is exploited first and what is not assessed last", () => {
    const matches = matchAdvisories({ engine: "ACTIVEMQ", version: "5.15.16", on: today });
    expect(matches[0]).toMatchObject({ severity: "critical", outcome: "affected", advisory: { id: "CVE-2026-34197" } });
    expect(matches.at(-1)?.outcome).toBe("not-assessed");
    expect(new Set(matches.map((m) => m.advisory.id)).size).toBe(matches.length);
  });

  it("never calls RabbitMQ 3.9 safe from advisories that do not mention it", () => {
    const matches = matchAdvisories({ engine: "RABBITMQ", version: "3.9.27", on: today });
    expect(matches.length).toBeGreaterThan(70);
    expect(matches.filter((m) => m.outcome !== "not-assessed").map((m) => m.advisory.id)).toEqual([]);
  });

  it("is empty for an engine nobody knows", () => {
    expect(matchAdvisories({ engine: "ARTEMIS", version: "2.30.0", on: today })).toEqual([]);
  });
});
