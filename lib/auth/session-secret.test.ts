import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sessionSecret } from "@/lib/auth/session-secret";
import { EnvError } from "@/lib/env";

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), "mqs-secret-"));
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

describe("sessionSecret", () => {
  it.each(["127.0.0.1", "localhost", "::1", "[::1]"])("makes and keeps one for %s, for its owner alone", (host) => {
    const secret = sessionSecret({ host, secret: undefined, dataDirectory });
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(sessionSecret({ host, secret: undefined, dataDirectory })).toBe(secret);
    expect(statSync(join(dataDirectory, "session-secret")).mode & 0o777).toBe(0o600);
  });

  it.each(["0.0.0.0", "::", "10.1.2.3", "steward.example.com"])("refuses %s without a configured secret", (host) => {
    expect(() => sessionSecret({ host, secret: undefined, dataDirectory })).toThrow(EnvError);
    expect(() => sessionSecret({ host, secret: undefined, dataDirectory })).toThrow(/set MQ_STEWARD_SECRET/);
    const configured = "a configured secret of enough length";
    expect(sessionSecret({ host, secret: configured, dataDirectory })).toBe(configured);
  });

  it("does not sign with what is left of a damaged file", () => {
    writeFileSync(join(dataDirectory, "session-secret"), "short\n");
    expect(() => sessionSecret({ host: "127.0.0.1", secret: undefined, dataDirectory })).toThrow(EnvError);
    expect(readFileSync(join(dataDirectory, "session-secret"), "utf8")).toBe("short\n");
  });
});
