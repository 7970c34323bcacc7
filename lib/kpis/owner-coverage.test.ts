import { expect, it } from "vitest";
import { ownerCoverage } from "@/lib/kpis/owner-coverage";
import { buildFleet } from "@/lib/testing/build-fleet";

const tagged = (owner: string) => ({ attributes: { tags: { owner } } });
const untagged = { attributes: { tags: {} } };

it("counts owners by tag and by assignment, and shows account defaults apart", () => {
  const fleet = buildFleet([
    { ...tagged("payments"), ownerVerified: true, ownerContactable: true },
    { ...tagged("payments"), ownerVerified: true, ownerContactable: false },
    { ...tagged("somebody") },
    { ...untagged, assignedOwner: "payments", ownerVerified: true, ownerContactable: true },
    { ...untagged, accountDefaultOwner: "platform", ownerVerified: true, ownerContactable: true },
    { ...tagged("n/a") },
    { attributes: { engineVersion: undefined }, withhold: ["tags", "engineVersion"] },
  ]);
  const [value] = ownerCoverage.compute(fleet);
  expect([Number(value?.numerator), Number(value?.denominator), value?.unknowns]).toEqual([4, 7, 1]);
  expect(value?.parts.map(({ label, value: count }) => [label, count])).toEqual([
    ["Verified and contactable", "2"],
    ["Verified, no way to contact", "1"],
    ["Unverified", "1"],
    ["Account's default only (not counted)", "1"],
    ["No owner", "1"],
  ]);
});

it("does not count an owner that was last seen on the broker more than three days ago", () => {
  const fleet = buildFleet([
    tagged("payments"),
    { ...tagged("payments"), observedAt: new Date("2026-11-01T00:00:00Z") },
  ]);
  expect(ownerCoverage.compute(fleet)[0]).toMatchObject({ unknowns: 1 });
  expect(Number(ownerCoverage.compute(fleet)[0]?.value)).toBe(50);
});
