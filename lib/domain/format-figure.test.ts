import { describe, expect, it } from "vitest";
import { countOf, formatFigure, formatLongDay } from "@/lib/domain/format-figure";
import { figure, unknownFigure } from "@/lib/domain/report-document";

describe("formatFigure", () => {
  it.each([
    [figure("count", 1204), "1,204"],
    [figure("count", "-12"), "-12"],
    [figure("count", "56162.42"), "56,162.4"],
    [figure("percent", "92.95"), "93.0\u00a0%"],
    [figure("percent", "0"), "0.0\u00a0%"],
    [figure("points", "1"), "1.0 point"],
    [figure("points", "-0.04"), "0.0 points"],
    [figure("days", "1"), "1.0 day"],
    [figure("days", "262.04"), "262.0 days"],
    [figure("minutes", "1"), "1 minute"],
    [figure("minutes", "90.5"), "91 minutes"],
    [figure("money", "0.001", { currency: "USD" }), "<$0.01"],
    [figure("money", "168161.545", { currency: "USD" }), "$168,161.55"],
    [figure("money-per-month", "12", { currency: "EUR" }), "€12.00 per month"],
    [unknownFigure("percent", "Nobody looked."), "unknown"],
  ])("writes %j as %s", (input, text) => expect(formatFigure(input)).toBe(text));
});

describe("words", () => {
  it("counts and writes days for prose", () => {
    expect([countOf(0, "broker"), countOf(1, "broker"), countOf(1204, "broker")]).toEqual([
      "0 brokers",
      "1 broker",
      "1,204 brokers",
    ]);
    expect(formatLongDay("2028-02-29")).toBe("29 February 2028");
  });
});
