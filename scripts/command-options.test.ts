import { expect, it } from "vitest";
import { commandOptions } from "./command-options";

const USAGE = "npm run thing -- --out FILE";
const OPTIONS = { out: { type: "string" }, new: { type: "boolean", default: false } } as const;
const read = (...args: string[]) => {
  const printed: string[] = [];
  const values = commandOptions(USAGE, OPTIONS, { args, print: (text) => printed.push(text) });
  return { values, printed };
};

it("reads what it knows", () => {
  expect(read("--out", "a.pdf")).toEqual({ values: { out: "a.pdf", new: false }, printed: [] });
});

it("prints how it is used when asked, and does nothing else", () => {
  for (const help of ["--help", "-h"]) expect(read(help, "--nonsense")).toEqual({ values: null, printed: [USAGE] });
});

it.each([["--nonsense"], ["file"], ["--out"]])(
  "says without a stack trace that %s is not understood, and how it is used",
  (arg) => {
    expect(() => read(arg)).toThrow(expect.objectContaining({ name: "OperatorError", wayOut: USAGE }));
  },
);
