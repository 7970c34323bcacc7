import { describe, expect, it } from "vitest";
import { factLines, factText } from "./fact-text";

it.each([
  [true, "Yes"],
  [false, "No"],
  [null, "–"],
  ["", "–"],
  [undefined, "not observed"],
  ["<b>x</b>", "<b>x</b>"],
  [200, "200"],
  [[], "none"],
  [["a", "b"], "a, b"],
  [{}, "none"],
  [{ id: "c-1", revision: 2, note: null }, "id: c-1; revision: 2"],
  [[{ username: "app" }, { username: "ops" }], "username: app, username: ops"],
])("writes %j as %s", (value, expected) => {
  expect(factText(value)).toBe(expected);
});

describe("facts in lines", () => {
  it.each([
    ["a plain fact", "mq.m5.large", ["mq.m5.large"]],
    ["a list of words", ["sg-1", "sg-2"], ["sg-1, sg-2"]],
    ["a record", { general: true, audit: null, group: "/aws/x" }, ["general: Yes", "group: /aws/x"]],
    [
      "a list of records",
      [
        { ip: "10.0.0.1", ports: [1, 2] },
        { ip: "10.0.0.2", ports: [] },
      ],
      ["ip: 10.0.0.1", "ports: 1, 2", "ip: 10.0.0.2", "ports: none"],
    ],
    ["an empty record", {}, ["none"]],
    ["an empty list", [], ["none"]],
    ["nothing", null, ["–"]],
  ])("are, for %s, one for each part", (_, value, expected) => {
    expect(factLines(value)).toEqual(expected);
  });
});
