import { describe, expect, it } from "vitest";
import { durationText, instantOfText, textOfInstant } from "./instant-text";

describe("typed instants", () => {
  it.each([
    ["2026-11-20 14:30", "2026-11-20T14:30:00.000Z"],
    [" 2026-11-20T14:30 ", "2026-11-20T14:30:00.000Z"],
    ["", null],
    ["2026-02-31 10:00", undefined],
    ["2026-11-20 25:00", undefined],
    ["yesterday", undefined],
  ])("%j is %j", (text, instant) => expect(instantOfText(text)).toBe(instant));

  it("come back as they were typed", () => {
    expect(textOfInstant(instantOfText("2026-11-20 14:30") ?? null)).toBe("2026-11-20 14:30");
    expect(textOfInstant(null)).toBe("");
  });
});

describe("how long an outage lasted", () => {
  it.each([
    ["2026-08-31T10:45:00Z", "45 min"],
    ["2026-08-31T11:00:00Z", "1 h"],
    ["2026-08-31T11:30:00Z", "1 h 30 min"],
    ["2026-09-02T10:00:00Z", "48 h"],
  ])("until %s is %s", (until, text) => expect(durationText("2026-08-31T10:00:00Z", until)).toBe(text));
});
