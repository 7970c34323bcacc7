import { expect, it } from "vitest";
import { savingsRealised } from "@/lib/kpis/savings-realised";
import { buildFleet } from "@/lib/testing/build-fleet";

it("savings-realised says why it has no figure, never zero", () => {
  const [value] = savingsRealised.compute(buildFleet([{}]));
  expect([value?.value, value?.unavailable]).toEqual([null, "No cost recommendations are made yet."]);
});
