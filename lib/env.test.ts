import { describe, expect, it } from "vitest";
import { EnvError, parseEnv, requireDatabaseUrl } from "./env";

describe("parseEnv", () => {
  it("fills in a loopback server on port 3000 in production mode that syncs every six hours", () => {
    expect(parseEnv({})).toEqual({
      databaseUrl: undefined,
      testDatabaseUrl: undefined,
      port: 3000,
      host: "127.0.0.1",
      dataDirectory: ".data",
      mode: "production",
      allowedHosts: [],
      logLevel: "info",
      syncCron: "0 */6 * * *",
      secret: undefined,
      demoAnchor: undefined,
      reportRenderer: "bundle",
    });
  });

  it("takes an empty text for not set", () => {
    expect(parseEnv({ PORT: "", DATABASE_URL: "" })).toEqual(parseEnv({}));
  });

  it.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3000a"],
    ["PORT", "-1"],
    ["HOST", "not a host"],
    ["DATABASE_URL", "mysql://127.0.0.1/x"],
    ["DATABASE_URL", "postgresql://127.0.0.1:5432"],
    ["DATABASE_URL", "127.0.0.1:5432/x"],
    ["MQ_STEWARD_MODE", "prod"],
    ["MQ_STEWARD_ALLOWED_HOSTS", "a.example,,b"],
    ["MQ_STEWARD_ALLOWED_HOSTS", "https://a.example"],
    ["LOG_LEVEL", "verbose"],
    ["MQ_STEWARD_SYNC_CRON", "every hour"],
    ["MQ_STEWARD_SYNC_CRON", "0 */6 * *"],
    ["MQ_STEWARD_DEMO_ANCHOR", "2026-02-30"],
    ["MQ_STEWARD_REPORT_RENDERER", "elsewhere"],
    ["MQ_STEWARD_SECRET", "too-short"],
  ])("refuses %s=%s, naming the variable and what it may be", (name, value) => {
    expect(() => parseEnv({ [name]: value })).toThrow(EnvError);
    expect(() => parseEnv({ [name]: value })).toThrow(new RegExp(`${name} must (be|name) `));
  });

  it("names all unusable variables at once", () => {
    expect(() => parseEnv({ PORT: "x", LOG_LEVEL: "y" })).toThrow(/PORT must.*\n.*LOG_LEVEL must/);
  });

  it("never repeats a value, which may hold a password", () => {
    expect(() => parseEnv({ DATABASE_URL: "mysql://user:geheim@127.0.0.1/x" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("geheim") }),
    );
  });

  it.each(["127.0.0.1", "0.0.0.0", "::1", "[::1]", "localhost", "steward.example.com"])("listens on %s", (host) => {
    expect(parseEnv({ HOST: host }).host).toBe(host);
  });

  it.each(["0 */6 * * *", "15,45 8-18/2 * * 1-5", "0  3 1 1,7 0"])("accepts the schedule %s", (syncCron) => {
    expect(parseEnv({ MQ_STEWARD_SYNC_CRON: syncCron }).syncCron).toBe(syncCron);
  });

  it("splits allowed hosts at commas and compares them in lower case", () => {
    expect(parseEnv({ MQ_STEWARD_ALLOWED_HOSTS: "Steward.Example.com, steward.internal" }).allowedHosts).toEqual([
      "steward.example.com",
      "steward.internal",
    ]);
  });
});

describe("single sign-on", () => {
  const given = {
    MQ_STEWARD_OIDC_ISSUER: "https://login.example.com/realms/main",
    MQ_STEWARD_OIDC_CLIENT_ID: "steward",
  };

  it("needs issuer and client, and asks for groups by their usual name", () => {
    expect(parseEnv(given).singleSignOn).toMatchObject({
      clientId: "steward",
      clientSecret: undefined,
      groupsClaim: "groups",
    });
    expect(parseEnv({}).singleSignOn).toBeUndefined();
    for (const name of Object.keys(given)) expect(() => parseEnv({ ...given, [name]: "" })).toThrow(/needs both/);
  });

  it.each([
    "http://login.example.com",
    "https://user@login.example.com",
    "https://login.example.com/?x=1",
    "login.example.com",
    "http://127.0.0.1.evil.example",
  ])("refuses the issuer %s", (issuer) => {
    expect(() => parseEnv({ ...given, MQ_STEWARD_OIDC_ISSUER: issuer })).toThrow(/MQ_STEWARD_OIDC_ISSUER must be/);
  });

  it("takes a provider of this machine without TLS, and no scopes without openid", () => {
    expect(parseEnv({ ...given, MQ_STEWARD_OIDC_ISSUER: "http://127.0.0.1:4000" }).singleSignOn).toBeDefined();
    expect(() => parseEnv({ ...given, MQ_STEWARD_OIDC_SCOPES: "profile" })).toThrow(/openid/);
  });
});

describe("the audit's retention", () => {
  it("keeps everything unless a number of months is given", () => {
    expect(parseEnv({}).auditRetentionMonths).toBeUndefined();
    expect(parseEnv({ MQ_STEWARD_AUDIT_RETENTION_MONTHS: "24" }).auditRetentionMonths).toBe(24);
    for (const text of ["0", "2", "-5", "1.5", "many"])
      expect(() => parseEnv({ MQ_STEWARD_AUDIT_RETENTION_MONTHS: text })).toThrow(/RETENTION_MONTHS must be/);
  });
});

describe("requireDatabaseUrl", () => {
  it("says how to get a database when there is none", () => {
    expect(() => requireDatabaseUrl(parseEnv({}))).toThrow(
      /DATABASE_URL is not set: start the program with `npm start`/,
    );
  });

  it("returns the address that is set", () => {
    const url = "postgresql://u:p@127.0.0.1:5432/x";
    expect(requireDatabaseUrl(parseEnv({ DATABASE_URL: url }))).toBe(url);
  });
});
