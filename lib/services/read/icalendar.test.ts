import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarFile, calendarText, foldedLine } from "./icalendar";

const unfold = (text: string) => text.replace(/\r\n /g, "");
const octets = (text: string) => new TextEncoder().encode(text).length;

describe("calendarText", () => {
  it.each([
    ["a, b; c\\d", "a\\, b\\; c\\\\d"],
    ["one\r\ntwo\nthree\rfour", "one\\ntwo\\nthree\\nfour"],
    ["bell\u0007 and tab\t", "bell and tab"],
  ])("writes %j as %j", (text, written) => expect(calendarText(text)).toBe(written));
});

describe("foldedLine", () => {
  it("leaves 75 octets as they are and folds the 76th", () => {
    expect(foldedLine("x".repeat(75))).toBe("x".repeat(75));
    expect(foldedLine("x".repeat(76))).toBe(`${"x".repeat(75)}\r\n x`);
  });

  it("never cuts a character, never makes a line too long and loses nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
        const value = calendarText(text);
        const folded = foldedLine(value);
        expect(unfold(folded)).toBe(value);
        for (const line of folded.split("\r\n")) expect(octets(line)).toBeLessThanOrEqual(75);
      }),
      { seed: 20261121 },
    );
  });
});

describe("calendarFile", () => {
  const file = calendarFile({
    name: "Amazon MQ: Payments, EU",
    description: "End of support",
    at: new Date("2026-11-21T06:00:00.123Z"),
    events: [
      {
        uid: "engine-line.RABBITMQ.3.12@mq-steward",
        day: "2027-02-28",
        summary: "RabbitMQ 3.12: end of support",
        description: `First day past support.\n${"orders-\u00e9, ".repeat(30)}`,
        categories: ["Amazon MQ", "End of support"],
      },
    ],
  });

  it("has whole days, ending on the day after, and ends every line with CRLF", () => {
    const lines = unfold(file).split("\r\n");
    expect(lines.slice(0, 5)).toEqual([
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//MQ Steward//Life cycle//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
    ]);
    expect(lines).toContain("X-WR-CALNAME:Amazon MQ: Payments\\, EU");
    expect(lines).toContain("DTSTAMP:20261121T060000Z");
    expect(lines).toContain("DTSTART;VALUE=DATE:20270228");
    expect(lines).toContain("DTEND;VALUE=DATE:20270301");
    expect(lines).toContain("CATEGORIES:Amazon MQ,End of support");
    expect(lines.slice(-2)).toEqual(["END:VCALENDAR", ""]);
    expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of file.split("\r\n")) expect(octets(line)).toBeLessThanOrEqual(75);
  });
});
