import { describe, expect, it } from "vitest";
import { clipMiddle, mapNames } from "./map-names";

const named = (network: string, ...names: string[]) => names.map((name) => ({ id: name, name, network }));

describe("mapNames", () => {
  it("drops what all names of a network begin with, where a name is too long for its node", () => {
    const names = mapNames(named("tracking", "tracking-hub", "tracking-spoke-1", "tracking-spoke-platform"));
    expect(Object.fromEntries(names)).toEqual({
      "tracking-hub": "tracking-hub",
      "tracking-spoke-1": "…spoke-1",
      "tracking-spoke-platform": "…spoke-…atform",
    });
  });

  it("drops whole words alone, and no more of them than it must", () => {
    expect(mapNames(named("n", "invoice-mesh-alpha", "invoice-mesh-alto")).get("invoice-mesh-alpha")).toBe(
      "…mesh-alpha",
    );
    expect(mapNames(named("n", "settlement-alpha", "settlement-alto")).get("settlement-alpha")).toBe("…alpha");
  });

  it("keeps start and end of a name that shares nothing, or stands alone", () => {
    const names = mapNames([
      ...named("a", "warehouse-primary", "settlement-archive"),
      ...named("b", "carrier-edi-gateway"),
    ]);
    expect([...names.values()]).toEqual(["warehou…rimary", "settlem…rchive", "carrier…ateway"]);
  });
});

describe("clipMiddle", () => {
  it("never cuts what people see as one character", () => {
    expect(clipMiddle("🐇🐇🐇🐇🐇🐇", 5)).toBe("🐇🐇…🐇🐇");
  });
});
