import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PRODUCT } from "@/lib/domain/product";

it("states the version of package.json", () => {
  const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
  expect(manifest).toMatchObject({ version: PRODUCT.version });
});
