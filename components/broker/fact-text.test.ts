import { expect, it } from "vitest";
import { factText } from "./fact-text";

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
