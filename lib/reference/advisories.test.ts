import { describe, expect, it } from "vitest";
import { isKnownEngine, parseEngineVersion } from "@/lib/domain/engine-version";
import { ADVISORIES, ADVISORIES_COMPLETE_UNTIL, advisorySeverity, findAdvisory } from "./advisories";
import data from "./data/advisories.json";

describe("the advisories", () => {
  it("are all there, each with source, the unverified one still marked", () => {
    expect(ADVISORIES).toHaveLength(119);
    expect(ADVISORIES).toHaveLength(data.records.length);
    expect(ADVISORIES.filter((row) => row.engine === "ACTIVEMQ")).toHaveLength(31);
    expect(ADVISORIES.filter((row) => !row.verified).map((row) => row.id)).toEqual(["CVE-2021-22117"]);
    expect(ADVISORIES.every((row) => row.source !== "" && row.affected.length > 0)).toBe(true);
  });

  it("have ranges of real versions only", () => {
    for (const { id, affected, fixedVersions } of ADVISORIES) {
      const texts = [
        ...fixedVersions,
        ...affected.flatMap((range) => [range.fixed ?? "", range.introduced ?? "0.0.0"]),
      ];
      for (const text of texts) expect(parseEngineVersion(text)?.parts.length, `${id} ${text}`).toBe(3);
    }
  });

  it("reach no further than they say", () => {
    for (const { engine, publishedOn } of ADVISORIES)
      expect(isKnownEngine(engine) && publishedOn <= ADVISORIES_COMPLETE_UNTIL[engine]).toBe(true);
  });

  it("know the two that are listed as exploited, and that newer ones are unknown, not unlisted", () => {
    expect(ADVISORIES.filter((row) => row.kev.listed).map((row) => row.id)).toEqual([
      "CVE-2023-46604",
      "CVE-2026-34197",
    ]);
    expect(findAdvisory("CVE-2026-53916")?.kev.listed).toBeNull();
    expect(findAdvisory("CVE-2021-26117")?.kev).toMatchObject({ listed: false, asOf: "2025-08-25" });
  });

  it("never let the catalogue say not listed about an advisory younger than it", () => {
    for (const { id, kev, publishedOn } of ADVISORIES)
      if (kev.listed === false) expect(publishedOn <= kev.asOf, id).toBe(true);
  });

  it("are found by id", () => {
    expect(findAdvisory("GHSA-27gv-h5q6-cpwg")?.engine).toBe("RABBITMQ");
    expect(findAdvisory("CVE-1999-0001")).toBeUndefined();
  });
});

describe("advisorySeverity", () => {
  it.each([
    ["critical (CVSS 10.0)", "critical"],
    ["important (Apache)", "high"],
    ["high (GitHub advisory)", "high"],
    ["moderate (Apache)", "medium"],
    ["medium (CVSS4 6.9)", "medium"],
    ["low (Apache)", "low"],
    ["low (Apache text) / high (CVSS 8.5)", "high"],
    ["severe", "unrated"],
    ["constructor", "unrated"],
    ["", "unrated"],
    [null, "unrated"],
  ])("of %j is %s", (text, severity) => {
    expect(advisorySeverity(text)).toBe(severity);
  });
});
