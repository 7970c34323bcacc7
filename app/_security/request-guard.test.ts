import { describe, expect, it } from "vitest";
import { type GuardedRequest, refusalOf } from "./request-guard";

const policy = { boundHost: "127.0.0.1", allowedHosts: ["steward.example.com"] };
const get: GuardedRequest = {
  method: "GET",
  host: "127.0.0.1:3000",
  origin: null,
  secFetchSite: null,
  byKeyAlone: false,
};
const post: GuardedRequest = { ...get, method: "POST" };

describe("host check", () => {
  it.each([
    "127.0.0.1:3000",
    "localhost:3000",
    "[::1]:3000",
    "LOCALHOST",
    "127.0.0.1:8080",
    "steward.example.com",
    "steward.example.com:444",
  ])("answers for %s", (host) => expect(refusalOf({ ...get, host }, policy)).toBeNull());

  it.each([
    null,
    "",
    "evil.example",
    "evil.example:3000",
    "127.0.0.1.evil.example:3000",
    "localhost.evil.example",
    "other.example.com:8443",
    "localhost@evil.example",
    "localhost:3000/x",
    "10.0.0.1:3000",
  ])("refuses %s as misdirected", (host) =>
    expect(refusalOf({ ...get, host }, policy)?.code).toBe("misdirected-request"),
  );

  it("answers for the address it is bound to, IPv6 included, and takes no name from a wildcard", () => {
    expect(refusalOf({ ...get, host: "10.1.2.3:3000" }, { boundHost: "10.1.2.3", allowedHosts: [] })).toBeNull();
    expect(refusalOf({ ...get, host: "[fd00::1]:3000" }, { boundHost: "fd00::1", allowedHosts: [] })).toBeNull();
    expect(refusalOf({ ...get, host: "0.0.0.0:3000" }, { boundHost: "0.0.0.0", allowedHosts: [] })?.code).toBe(
      "misdirected-request",
    );
  });
});

describe("origin check", () => {
  it("lets clients that are no browsers change things", () => expect(refusalOf(post, policy)).toBeNull());

  it("lets its own pages change things", () => {
    const own = { ...post, origin: "http://127.0.0.1:3000", secFetchSite: "same-origin" };
    expect(refusalOf(own, policy)).toBeNull();
  });

  it.each([
    ["another site", { origin: "https://evil.example", secFetchSite: "cross-site" }],
    ["another port of the same machine", { origin: "http://127.0.0.1:4000", secFetchSite: "same-site" }],
    ["another loopback name", { origin: "http://localhost:3000", secFetchSite: "cross-site" }],
    ["a sandboxed frame", { origin: "null", secFetchSite: null }],
    ["a cross-site form without Origin", { origin: null, secFetchSite: "cross-site" }],
  ])("refuses a change from %s", (_, headers) => {
    for (const method of ["POST", "PATCH", "PUT", "DELETE", "post"]) {
      expect(refusalOf({ ...post, ...headers, method }, policy)?.code).toBe("forbidden");
    }
  });

  it("asks whoever brings a key and no cookie for no origin", () => {
    const foreign = { ...post, origin: "https://tools.example", secFetchSite: "cross-site" };
    expect(refusalOf({ ...foreign, byKeyAlone: true }, policy)).toBeNull();
    expect(refusalOf({ ...foreign, byKeyAlone: true, host: "evil.example" }, policy)?.code).toBe("misdirected-request");
  });

  it("lets a link of another site open a page", () => {
    expect(refusalOf({ ...get, origin: null, secFetchSite: "cross-site" }, policy)).toBeNull();
  });
});
