import { planPreview } from "@/lib/contracts/plans";
import { TEST_OWNER } from "@/lib/testing/add-administrator";
import { Api, expect, expectUsable, openPage, test } from "./fixtures/journey";
import { SignInPage } from "./fixtures/sign-in-page";

test("an owner works through a finding: acknowledges it, makes the plan, attests a step", async ({
  browser,
  baseURL,
  api,
}) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, baseURL: baseURL ?? "" });
  const page = await context.newPage();
  await page.goto("/findings");
  await new SignInPage(page).signIn(TEST_OWNER);
  await expectUsable(page.getByRole("heading", { level: 1, name: /^Findings/ }));
  const own = new Api(context.request);
  const owner = (await own.get("session")).person.owners[0];
  if (!owner) throw new Error("the owner belongs to no owner entity");
  const { items } = await own.get(
    "findings",
    `/findings?limit=100&filter=rule=free-of-known-advisories&filter=state=open&owner=${encodeURIComponent(owner.key)}`,
  );
  const planned = (await own.get("plans", "/plans?limit=100")).items.map(({ broker }) => broker.id);
  const finding = await firstOf(
    items.filter(({ brokerId, stale }) => brokerId !== null && !stale && !planned.includes(brokerId)),
    // Not every line has the fix: one whose plan upgrades, and so tests the clients before.
    async ({ id, brokerId }) => {
      const answer = await context.request.post("/api/v1/plans/preview", { data: { brokerId, findingIds: [id] } });
      return answer.ok() && planPreview.parse(await answer.json()).steps.some(({ kind }) => kind === "client-test");
    },
  );
  if (!finding) throw new Error("the owner has no finding to plan an upgrade for");

  await openPage(page, `/findings/${finding.id}`, finding.summary);
  await page.getByRole("button", { name: "Acknowledge" }).click();
  const acknowledge = page.getByRole("dialog", { name: "Acknowledge" });
  await acknowledge.getByRole("textbox", { name: "Who answers for it" }).fill(owner.displayName);
  await acknowledge.getByRole("textbox", { name: "Target date" }).fill("2027/01/31");
  await acknowledge.getByRole("textbox", { name: "Note" }).fill("this quarter");
  await acknowledge.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("row", { name: /Open to acknowledged/ })).toContainText(TEST_OWNER.email);

  await page.getByRole("button", { name: "Make a plan" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a plan" });
  await expect(dialog.getByRole("row", { name: /^Test the clients against/ }).first()).toBeVisible();
  await dialog.getByRole("textbox", { name: "Title" }).fill("Leave the old line");
  await dialog.getByRole("button", { name: "Make the plan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Leave the old line" })).toBeVisible();
  const steps = page.getByRole("table", { name: "Steps", exact: true });
  const clients = steps.getByRole("row", { name: /Test the clients against/ }).first();
  await clients.getByRole("button", { name: /^Attest/ }).click();
  const attest = page.getByRole("dialog", { name: /^Attest/ });
  await attest.getByRole("textbox", { name: "How you know" }).fill("Ran the suite in staging.");
  await attest.getByRole("button", { name: "Attest" }).click();
  await expect(attest).toBeHidden();
  await expect(clients).toContainText("Attested by");
  // What AWS shows is ticked by a sync alone.
  const hop = steps.getByRole("row", { name: /Upgrade/ }).first();
  await expect(hop).toBeVisible();
  await expect(hop.getByRole("button", { name: /^Attest/ })).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Findings of the plan" })).toContainText("In progress");
  expect((await own.get("finding", `/findings/${finding.id}`)).finding.state).toBe("in-progress");

  // Somebody else's broker is not his to plan.
  const others = await api.get("plans", "/plans?limit=100");
  const strange = others.items.find((plan) => plan.owner?.key !== owner.key);
  if (!strange) throw new Error("somebody else has no plan");
  await openPage(page, `/plans/${strange.id}`, strange.title);
  await expect(page.getByRole("button", { name: "Cancel the plan" })).toBeDisabled();
  await context.close();
});

test("a campaign is made of filtered findings, after showing its stages, and is cancelled with a reason", async ({
  page,
  api,
}) => {
  const search = "filter=rule=auto-minor-upgrade-enabled&filter=state=open";
  const { total } = await api.get("findings", `/findings?${search}`);
  expect(total).toBeGreaterThan(1);
  await openPage(page, `/findings?${search}`, /^Findings/);
  await page.getByRole("button", { name: "Make a campaign" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a campaign" });
  const stages = dialog.getByRole("table", { name: "Stages of the campaign" });
  await expect(stages.getByRole("row", { name: /new/ }).first()).toBeVisible();
  const make = dialog.getByRole("button", { name: /^Make \d+ plans?$/ });
  await expect(make).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Patches by themselves");
  await dialog.getByRole("textbox", { name: "Deadline" }).fill("2027/03/01");
  await expect(make).toBeEnabled();
  const plans = Number((await make.innerText()).replace(/\D/g, ""));
  await make.click();
  await expect(page.getByRole("heading", { level: 1, name: "Patches by themselves" })).toBeVisible();
  const { campaign, stages: made } = await api.get("campaign", `/campaigns/${page.url().split("/").at(-1)}`);
  expect(campaign).toMatchObject({ plans, deadline: "2027-03-01", state: "running" });
  const table = page.getByRole("table", { name: "Stages", exact: true });
  for (const { title } of made) await expect(table.getByRole("row", { name: new RegExp(`^${title}`) })).toBeVisible();
  await expect(page.getByText("No pace yet")).toBeVisible();

  await page.getByRole("button", { name: "Cancel the campaign" }).click();
  const cancel = page.getByRole("dialog", { name: "Cancel the campaign?" });
  await cancel.getByRole("textbox", { name: "Reason" }).fill("AWS does it by itself");
  await cancel.getByRole("radio", { name: /Cancel the open plans/ }).check();
  await cancel.getByRole("button", { name: "Cancel the campaign" }).click();
  await expect(cancel).toBeHidden();
  await expect(page.getByText("AWS does it by itself").first()).toBeVisible();
  expect((await api.get("findings", `/findings?${search}`)).total).toBe(total);

  await openPage(page, "/plans?tab=campaigns", /^Campaigns/);
  const row = page.getByRole("table", { name: "Campaigns" }).getByRole("row", { name: /Patches by themselves/ });
  await expect(row).toContainText("Cancelled");
});

async function firstOf<T>(items: readonly T[], is: (item: T) => Promise<boolean>): Promise<T | undefined> {
  for (const item of items) if (await is(item)) return item;
  return undefined;
}
