import { describe, expect, it } from "vitest";
import { DEFAULT_RETRY, retryDelayMs } from "./retry";

describe("waiting before the next attempt", () => {
  it("is anywhere below a bound that doubles", () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(DEFAULT_RETRY, "throttle", attempt, () => 1));
    expect(bounds).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    expect(retryDelayMs(DEFAULT_RETRY, "throttle", 3, () => 0)).toBe(0);
    expect(retryDelayMs(DEFAULT_RETRY, "throttle", 3, () => 0.25)).toBe(500);
  });

  it("ends after as many attempts as the cause is worth", () => {
    const attempts = (advice: "throttle" | "transient" | "timeout" | "no") => {
      let attempt = 1;
      while (retryDelayMs(DEFAULT_RETRY, advice, attempt, () => 0) !== null) attempt += 1;
      return attempt;
    };
    expect([attempts("throttle"), attempts("transient"), attempts("timeout"), attempts("no")]).toEqual([8, 4, 2, 1]);
  });
});
