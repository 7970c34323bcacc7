import { describe, expect, it } from "vitest";
import { instantText, nameOfBroker } from "./normalize-values";

describe("reading an instant", () => {
  it.each([
    ["2026-01-31T10:00:00Z", "2026-01-31T10:00:00.000Z"],
    ["2026-01-31T10:00:00", "2026-01-31T10:00:00.000Z"],
    [1_700_000_000.5, "2023-11-14T22:13:20.500Z"],
    [0, "1970-01-01T00:00:00.000Z"],
    [1_700_000_000_000, "2023-11-14T22:13:20.000Z"],
    [253_402_300_800_000, null],
    ["+010000-01-01T00:00:00Z", null],
    ["1969-12-31T23:59:59Z", null],
    [-1, null],
    [Number.NaN, null],
    ["yesterday", null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("takes %j for %s", (sent, text) => {
    expect(instantText(sent)).toBe(text);
  });
});

describe("naming a broker", () => {
  const arn = "arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1";

  it("takes what AWS calls it, else the name in its ARN, else its id", () => {
    expect(nameOfBroker("Orders", arn, "b-1")).toBe("Orders");
    expect(nameOfBroker("", arn, "b-1")).toBe("orders");
    expect(nameOfBroker(null, "arn:aws:mq:eu-west-1:111122223333:broker:b-1", "b-1")).toBe("b-1");
  });

  it("keeps 256 characters whole and cuts longer names between characters", () => {
    expect(nameOfBroker("x".repeat(256), arn, "b-1")).toBe("x".repeat(256));
    expect(nameOfBroker("\u{1F98A}".repeat(256), arn, "b-1")).toBe("\u{1F98A}".repeat(256));
    expect(nameOfBroker("\u{1F98A}".repeat(257), arn, "b-1")).toBe(`${"\u{1F98A}".repeat(255)}…`);
  });
});
