import { describe, expect, it } from "vitest";
import {
  autoMinorMandated,
  compareVersionTexts,
  engineDisplayName,
  engineLine,
  isCoveredBy,
  isKnownEngine,
  isPatchManagedByAws,
  normalizeEngine,
  parseEngineVersion,
  relateEngineVersions,
} from "./engine-version";

function v(text: string) {
  const version = parseEngineVersion(text);
  if (!version) throw new Error(`no version: ${text}`);
  return version;
}

describe("normalizeEngine", () => {
  it.each([
    ["ActiveMQ", "ACTIVEMQ", true, "ActiveMQ"],
    ["RABBITMQ", "RABBITMQ", true, "RabbitMQ"],
    [" rabbitmq ", "RABBITMQ", true, "RabbitMQ"],
    ["Active MQ", "ACTIVEMQ", true, "ActiveMQ"],
    ["ArtemisMQ", "ARTEMISMQ", false, "ARTEMISMQ"],
    ["", "", false, ""],
  ])("reads %j as %s", (text, engine, known, display) => {
    expect(normalizeEngine(text)).toBe(engine);
    expect(isKnownEngine(normalizeEngine(text))).toBe(known);
    expect(engineDisplayName(normalizeEngine(text))).toBe(display);
  });
});

describe("parseEngineVersion", () => {
  it.each([
    ["3.13.7", [3, 13, 7]],
    ["5.18", [5, 18]],
    [" 5.15.0 ", [5, 15, 0]],
    ["4", [4]],
    ["3.08", [3, 8]],
  ])("reads %j", (text, parts) => {
    expect(parseEngineVersion(text)?.parts).toEqual(parts);
  });

  it.each(["", "6.x", "4.0 / 4.1", "v3.13", "3.13.7-1", "3..13", "3.", "1.2.3.4.5", "1e3", "-1.2", "latest", "3,13"])(
    "does not guess at %j",
    (text) => {
      expect(parseEngineVersion(text)).toBeUndefined();
      expect(engineLine(text)).toBeUndefined();
    },
  );
});

describe("order", () => {
  it("is by numbers, never by text or as a decimal", () => {
    const sorted = ["5.9.0", "3.13", "5.18", "3.8.34", "5.18.4", "3.13.10", "3.13.7", "3.9", "six"].sort(
      compareVersionTexts,
    );
    expect(sorted).toEqual(["3.8.34", "3.9", "3.13", "3.13.7", "3.13.10", "5.9.0", "5.18", "5.18.4", "six"]);
  });

  it.each([
    ["3.9", "3.13", "before"],
    ["3.13.10", "3.13.7", "after"],
    ["5.18.4", "5.18.4", "same"],
    ["3.13", "3.13.7", "undetermined"],
    ["3.13.7", "3.13", "undetermined"],
    ["3.12.13", "3.13", "before"],
    ["4", "4.2", "undetermined"],
    ["4", "3.13", "after"],
  ] as const)("of %s to %s is %s", (a, b, relation) => {
    expect(relateEngineVersions(v(a), v(b))).toBe(relation);
  });

  it("of texts that are no versions is total", () => {
    expect(compareVersionTexts("a", "b")).toBeLessThan(0);
    expect(compareVersionTexts("b", "a")).toBeGreaterThan(0);
    expect(compareVersionTexts("a", "a")).toBe(0);
    expect(compareVersionTexts("a", "1.0")).toBeGreaterThan(0);
  });
});

describe("lines", () => {
  it.each([
    ["3.13.7", "3.13"],
    ["5.18", "5.18"],
    ["3.08.1", "3.8"],
    ["4", undefined],
  ])("of %s is %s", (version, line) => {
    expect(engineLine(version)).toBe(line);
  });

  it.each([
    ["3.13.7", "3.13", true],
    ["3.13", "3.13", true],
    ["3.13", "3.13.7", false],
    ["3.1.3", "3.13", false],
    ["3.130.1", "3.13", false],
    ["4.2.1", "4", true],
  ])("%s covered by %s: %s", (version, covering, expected) => {
    expect(isCoveredBy(v(version), v(covering))).toBe(expected);
  });
});

describe("patches managed by AWS", () => {
  it.each([
    ["ACTIVEMQ", "5.17.6", false],
    ["ACTIVEMQ", "5.18", true],
    ["ACTIVEMQ", "5.18.4", true],
    ["ACTIVEMQ", "5.19", true],
    ["ACTIVEMQ", "5.9", false],
    ["ACTIVEMQ", "6.1", true],
    ["RABBITMQ", "3.12.13", false],
    ["RABBITMQ", "3.13", true],
    ["RABBITMQ", "3.13.7", true],
    ["RABBITMQ", "3.8.34", false],
    ["RABBITMQ", "4.2", true],
    ["RABBITMQ", "3", null],
    ["RABBITMQ", "unknown", null],
    ["ARTEMIS", "5.19", null],
  ])("%s %s: %s", (engine, version, expected) => {
    expect(isPatchManagedByAws(engine, version)).toBe(expected);
    expect(autoMinorMandated(engine, version)).toBe(expected);
  });
});
