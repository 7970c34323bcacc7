import { expect, it } from "vitest";
import { haPremium } from "@/lib/kpis/ha-premium";
import { buildFleet } from "@/lib/testing/build-fleet";

it("ha-premium says why it has no figure, never zero", () => {
  const [value] = haPremium.compute(buildFleet([{}]));
  expect([value?.value, value?.unavailable]).toEqual([null, "No cost recommendations are made yet."]);
});
