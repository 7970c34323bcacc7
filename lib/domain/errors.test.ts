import { describe, expect, it } from "vitest";
import { AppError, ERROR_CODES, httpStatusOf, httpStatusOfCode, isAppError, isErrorCode } from "./errors";

describe("AppError", () => {
  it("carries code, message, cause and details", () => {
    const cause = new Error("socket hang up");
    const error = new AppError("aws-unreachable", "mq.us-east-1 does not answer", {
      cause,
      details: { region: "us-east-1" },
    });
    expect(error).toMatchObject({ code: "aws-unreachable", cause, details: { region: "us-east-1" }, name: "AppError" });
    expect(error).toBeInstanceOf(Error);
  });

  it("has empty details and no cause by default", () => {
    const error = new AppError("not-found", "no such broker");
    expect(error.details).toEqual({});
    expect("cause" in error).toBe(false);
  });

  it("is recognised when it comes from another copy of the module", async () => {
    const { vi } = await import("vitest");
    vi.resetModules();
    const other = await import("./errors");
    const foreign = new other.AppError("conflict", "a sync is running");
    expect(foreign).not.toBeInstanceOf(AppError);
    expect(isAppError(foreign)).toBe(true);
    expect(httpStatusOf(foreign)).toBe(409);
  });

  it.each([[new Error("x")], ["x"], [null], [undefined], [{ code: "not-found" }]])(
    "does not take %s for one",
    (value) => {
      expect(isAppError(value)).toBe(false);
      expect(httpStatusOf(value)).toBe(500);
    },
  );
});

describe("HTTP status", () => {
  it.each([
    ["invalid-input", 400],
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["not-found", 404],
    ["conflict", 409],
    ["misdirected-request", 421],
    ["rate-limited", 429],
    ["internal", 500],
    ["unavailable", 503],
    ["aws-access-denied", 502],
    ["aws-throttled", 503],
    ["aws-timeout", 504],
  ] as const)("of %s is %i", (code, status) => {
    expect(httpStatusOfCode(code)).toBe(status);
    expect(httpStatusOf(new AppError(code, "x"))).toBe(status);
  });

  it("is an error status for every code", () => {
    expect(ERROR_CODES.length).toBeGreaterThan(20);
    for (const code of ERROR_CODES) expect(httpStatusOfCode(code)).toBeGreaterThanOrEqual(400);
  });

  it("never lets a failure of AWS look like a failure of the caller", () => {
    for (const code of ERROR_CODES.filter((c) => c.startsWith("aws-")))
      expect(httpStatusOfCode(code)).toBeGreaterThanOrEqual(500);
  });

  it("knows its own codes and no inherited property names", () => {
    expect(isErrorCode("conflict")).toBe(true);
    expect(isErrorCode("toString")).toBe(false);
    expect(isErrorCode("")).toBe(false);
  });
});
