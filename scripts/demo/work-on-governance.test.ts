import { afterAll, beforeAll, expect, it } from "vitest";
import { findingPage } from "@/lib/contracts/findings";
import { ownerList } from "@/lib/contracts/owners";
import { registerView } from "@/lib/contracts/register";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { demoPeople } from "./people";
import { governanceDays, workOnGovernance } from "./work-on-governance";

const LAST = parsePlainDate("2026-11-20");

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({
    historyDays: 100,
    brokers: ["checkout-orders-stg", "checkout-orders", "sre-drill", "tracking-hub", "observability-bus", "dev-linus"],
  });
  await api.connect();
}, 120_000);
afterAll(() => api.close());

it("tells of people who answer for owners, findings and the register, decided by somebody else than who asked", async () => {
  const people = await demoPeople(await api.ctx(), async () => "no hash of a password");
  for (let daysLeft = 90; daysLeft >= 0; daysLeft -= 1) {
    if (governanceDays({ daysBefore: daysLeft + 1, daysLeft }).length === 0) continue;
    expect(await api.sync(`${addDays(LAST, -daysLeft)}T06:00:00Z`, ["cost-usage", "cost-resources", "metrics"])).toBe(
      "complete",
    );
    const ctx = await api.ctx();
    const as = (who: keyof typeof people) => ({ ...ctx, actor: people[who] });
    await workOnGovernance(
      { manager: as("manager"), finops: as("finops"), administrator: as("administrator") },
      daysLeft,
    );
  }
  await api.sync(`${LAST}T06:00:00Z`, ["cost-usage", "cost-resources", "metrics"]);

  const owners = ownerList.parse(await api.get("/api/v1/owners")).items;
  expect(
    owners
      .filter(({ verified }) => verified)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(["checkout", "data-platform", "sre"]);

  const of = async (state: string) =>
    findingPage.parse(await api.get(`/api/v1/findings?limit=200&filter=state=${state}`)).items;
  expect((await of("acknowledged")).every(({ assignee }) => assignee === "Platform guild")).toBe(true);
  expect((await of("acknowledged")).length).toBeGreaterThan(0);
  const accepted = await of("accepted");
  expect(accepted.map(({ ruleId }) => ruleId)).toEqual(["customer-managed-key"]);
  expect(accepted[0]?.acceptedUntil?.slice(0, 10)).toBe(addDays(LAST, 7));

  const register = registerView.parse(await api.get("/api/v1/register"));
  expect(register.applications.map(({ name }) => name).sort()).toEqual(["Checkout", "Parcel tracking"]);
  const [last] = register.quarters.filter(({ over }) => over);
  expect(last).toMatchObject({ unreviewed: 0, attestedBy: people.manager.name });
  expect(register.drills).toMatchObject([{ successful: true, brokers: [{ name: "sre-drill" }] }]);
}, 180_000);

it("is not left out because a day has no sync: what happened since the last one is caught up, the oldest first", () => {
  expect(governanceDays({ daysBefore: 64, daysLeft: 50 })).toEqual([63, 56]);
  expect(governanceDays({ daysBefore: 50, daysLeft: 43 })).toEqual([]);
  expect(governanceDays({ daysBefore: 5, daysLeft: 0 })).toEqual([]);
});
