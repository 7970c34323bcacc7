import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { TOKENS } from "./tokens";

const value = z.union([z.string(), z.object({ light: z.string(), dark: z.string() })]);
const tokenFile = z.object({ tokens: z.record(z.string(), z.object({ $value: z.unknown() })) });
const packaged = tokenFile.parse(
  JSON.parse(readFileSync("node_modules/@cloudscape-design/design-tokens/index-visual-refresh.json", "utf8")),
).tokens;
const [light = "", dark = ""] = readFileSync("app/tokens.css", "utf8").split("body.awsui-dark-mode");

const declared = (css: string, name: string) => new RegExp(`--mqs-${name}: ([^;]+);`).exec(css)?.[1];

describe("colours of our own drawings", () => {
  it.each(Object.values(TOKENS).map((reference) => reference.slice("var(--mqs-".length, -1)))(
    "%s has Cloudscape's value in light and dark mode",
    (name) => {
      const token = value.parse(packaged[name]?.$value);
      const expected = typeof token === "string" ? { light: token, dark: token } : token;
      expect({ light: declared(light, name), dark: declared(dark, name) }).toEqual(expected);
    },
  );
});
