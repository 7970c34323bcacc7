import { describe, expect, it } from "vitest";
import {
  type ClassifiedEnvironment,
  classifyEnvironment,
  DEFAULT_ENVIRONMENT_SETTINGS,
  type Tags,
} from "./environment";

function classify(
  tags: Tags | undefined,
  accountDefault: ClassifiedEnvironment | null = null,
  settings = DEFAULT_ENVIRONMENT_SETTINGS,
) {
  return classifyEnvironment({ tags, settings, accountDefault });
}

describe("classifyEnvironment by tag", () => {
  it.each([
    ["prod", "production"],
    ["PRODUCTION", "production"],
    ["prd", "production"],
    [" Live ", "production"],
    ["staging", "staging"],
    ["stage", "staging"],
    ["stg", "staging"],
    ["UAT", "staging"],
    ["qa", "test"],
    ["test", "test"],
    ["Testing", "test"],
    ["dev", "development"],
    ["development", "development"],
    ["sandbox", "sandbox"],
  ])("reads the value %j as %s", (value, environment) => {
    expect(classify({ Environment: value })).toEqual({
      environment,
      source: "tag",
      key: "Environment",
      rawValue: value,
      countsAsProduction: environment === "production",
      conflictWithAccountDefault: false,
      unmapped: null,
    });
  });

  it("takes the first key of the list, whatever the order of the tags", () => {
    expect(classify({ stage: "dev", env: "qa", ENVIRONMENT: "prod" })).toMatchObject({
      environment: "production",
      key: "ENVIRONMENT",
    });
    expect(classify({ stage: "dev", env: "qa" })).toMatchObject({ environment: "test", key: "env" });
  });

  it.each(["", "  ", "\t"])("counts the blank value %j as missing and goes on to the next key", (blank) => {
    expect(classify({ environment: blank, env: "dev" })).toMatchObject({
      environment: "development",
      key: "env",
      unmapped: null,
    });
    expect(classify({ environment: blank })).toMatchObject({
      environment: "unclassified",
      source: "none",
      unmapped: null,
    });
  });

  it("lets a value outside the map decide nothing, and reports it", () => {
    expect(classify({ environment: "blue", env: "dev" })).toMatchObject({
      environment: "development",
      key: "env",
      unmapped: { key: "environment", value: "blue" },
    });
    expect(classify({ environment: "blue" }, "test")).toMatchObject({
      environment: "test",
      source: "account-default",
      unmapped: { value: "blue" },
    });
  });

  it.each(["constructor", "__proto__", "toString"])("is not fooled by the value %s", (value) => {
    expect(classify({ env: value })).toMatchObject({ environment: "unclassified", unmapped: { key: "env", value } });
  });

  it("takes production where spellings of one key disagree, else the configured spelling, else code-point order", () => {
    expect(classify({ env: "dev", Env: "prod" })).toMatchObject({ environment: "production", key: "Env" });
    expect(classify({ Env: "qa", env: "dev" })).toMatchObject({ environment: "development", key: "env" });
    expect(classify({ eNV: "qa", ENV: "dev" })).toMatchObject({ environment: "development", key: "ENV" });
  });
});

describe("classifyEnvironment by account", () => {
  it.each([
    [null, "unclassified", "none", true],
    ["production", "production", "account-default", true],
    ["development", "development", "account-default", false],
  ] as const)("without a tag, default %s gives %s", (accountDefault, environment, source, countsAsProduction) => {
    expect(classify({}, accountDefault)).toMatchObject({
      environment,
      source,
      countsAsProduction,
      key: null,
      rawValue: null,
    });
    expect(classify(undefined, accountDefault)).toMatchObject({ environment, source, countsAsProduction });
  });

  it("counts a non-production tag in a production account as production, and calls it a conflict", () => {
    expect(classify({ env: "dev" }, "production")).toMatchObject({
      environment: "development",
      source: "tag",
      countsAsProduction: true,
      conflictWithAccountDefault: true,
    });
  });

  it.each([
    [{ env: "prod" }, "development", true],
    [{ env: "prod" }, "production", true],
    [{ env: "dev" }, "staging", false],
  ] as const)("sees no conflict in %j with default %s", (tags, accountDefault, countsAsProduction) => {
    expect(classify(tags, accountDefault)).toMatchObject({ countsAsProduction, conflictWithAccountDefault: false });
  });
});

describe("settings", () => {
  it("can stop counting unclassified brokers as production", () => {
    const settings = { ...DEFAULT_ENVIRONMENT_SETTINGS, unclassifiedAsProduction: false };
    expect(classify({}, null, settings)).toMatchObject({ environment: "unclassified", countsAsProduction: false });
  });

  it("bring their own keys and values, case ignored on both sides", () => {
    const settings = {
      environmentKeys: ["Tier"],
      environmentValues: { "TIER-0": "production" },
      unclassifiedAsProduction: true,
    } as const;
    expect(classify({ tier: "tier-0", env: "dev" }, null, settings)).toMatchObject({
      environment: "production",
      key: "tier",
    });
  });
});
