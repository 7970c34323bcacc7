import { describe, expect, it } from "vitest";
import { parseEndOfLife } from "./parse-endoflife";

const ACTIVEMQ = "amazon-mq-activemq";
/** Shape of https://endoflife.date/api/amazon-mq-activemq.json */
const V0 = [
  { cycle: "5.18", releaseDate: "2023-06-21", eol: false, latest: "5.18", latestReleaseDate: "2023-06-21", lts: false },
  { cycle: "5.17", releaseDate: "2022-08-19", eol: "2025-06-16", latest: "5.17.6", lts: false },
  { cycle: "5.8", releaseDate: "2013-02-11", eol: true, latest: "5.8.0", lts: false },
];
/** Shape of https://endoflife.date/api/v1/products/amazon-mq-activemq/ */
const V1 = {
  schema_version: "1.2.0",
  generated_at: "2026-10-01T00:00:00+00:00",
  last_modified: "2026-09-20T00:00:00+00:00",
  result: {
    name: ACTIVEMQ,
    label: "Amazon MQ for ActiveMQ",
    category: "service",
    releases: [
      {
        name: "5.18",
        label: "5.18",
        releaseDate: "2023-06-21",
        isLts: false,
        isEol: false,
        eolFrom: null,
        isMaintained: true,
      },
      { name: "5.17", label: "5.17", releaseDate: "2022-08-19", isLts: false, isEol: true, eolFrom: "2025-06-16" },
      { name: "5.8", label: "5.8", releaseDate: "2013-02-11", isLts: false, isEol: true, eolFrom: null },
    ],
  },
};
const LINES = [
  { line: "5.18", endOfSupport: null, ended: false },
  { line: "5.17", endOfSupport: "2025-06-16", ended: false },
  { line: "5.8", endOfSupport: null, ended: true },
];

describe("parseEndOfLife", () => {
  it.each([
    ["the first API", V0],
    ["version 1", V1],
    ["the whole catalogue of version 1", { result: [{ name: "python", releases: [] }, { bad: 1 }, V1.result] }],
  ])("reads %s", (_what, json) => {
    expect(parseEndOfLife(json, ACTIVEMQ)).toEqual({ lines: LINES, refused: [] });
  });

  it("tells what is no engine line or no date, and keeps the rest", () => {
    const { lines, refused } = parseEndOfLife(
      [...V0, { cycle: "Oxygen", eol: false }, { cycle: 5.1, eol: false }, { cycle: "5.16", eol: "2025-02-30" }],
      ACTIVEMQ,
    );
    expect(lines).toEqual(LINES);
    expect(refused.map(({ what }) => what)).toEqual(["Oxygen", "a number", "5.16"]);
  });

  it.each([
    ["another product", { result: { ...V1.result, name: "amazon-mq-rabbitmq" } }, "about amazon-mq-rabbitmq"],
    [
      "a catalogue without it",
      {
        result: [
          { name: "a", releases: [] },
          { name: "b", releases: [] },
        ],
      },
      "no such product",
    ],
    ["another shape", { cycles: [] }, "neither"],
    ["no lines", [], "no engine lines"],
    ["a line twice", [V0[0], V0[0]], "twice"],
    ["a text", "5.18", "neither"],
  ])("refuses %s", (_what, json, why) => {
    expect(() => parseEndOfLife(json, ACTIVEMQ)).toThrow(why);
  });
});
