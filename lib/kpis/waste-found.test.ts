import { expect, it } from "vitest";
import { wasteFound } from "@/lib/kpis/waste-found";
import { buildFleet } from "@/lib/testing/build-fleet";

it("waste-found says why it has no figure, never zero", () => {
  const [value] = wasteFound.compute(buildFleet([{}]));
  expect([value?.value, value?.unavailable]).toEqual([null, "No cost recommendations are made yet."]);
});
