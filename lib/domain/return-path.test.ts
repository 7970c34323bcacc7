import { describe, expect, it } from "vitest";
import { safeReturnPath } from "@/lib/domain/return-path";

describe("safeReturnPath", () => {
  it.each(["/", "/brokers?filter=engine%3DRABBITMQ&sort=name", "/findings/12#events", "/settings/connect"])(
    "keeps the page %s",
    (path) => expect(safeReturnPath(path)).toBe(path),
  );

  it.each([
    null,
    undefined,
    "",
    "brokers",
    "https://evil.example/",
    "//evil.example/x",
    "/\\evil.example",
    "/..//evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/api/v1/session",
    "/sign-in?next=/",
    "/sign-in",
  ])("goes to the overview instead of %s", (path) => expect(safeReturnPath(path)).toBe("/"));
});
