import { OUTCOMES_PAGE } from "@/lib/queries/syncs.keys";
import { expect, openPage, test } from "./fixtures/journey";

const SYNC_TIMEOUT_MS = 180_000;

test("a sync is started, watched by two pages, and ends", async ({ page, api, context }) => {
  test.setTimeout(SYNC_TIMEOUT_MS);
  await openPage(page, "/syncs", "Syncs");
  await page.getByRole("main").getByRole("button", { name: "Sync now" }).click();
  await expect(page).toHaveURL(/\/syncs\/\d+$/);
  const id = page.url().split("/").at(-1) ?? "";
  await expect(page.getByRole("heading", { level: 1, name: `Sync ${id}` })).toBeVisible();

  // Closing the page changes nothing: another one sees the same sync and its end.
  const other = await context.newPage();
  await other.goto(`/syncs/${id}`);
  await page.close();
  await expect(other.getByText("Requests to AWS")).toBeVisible();
  await expect(other.getByRole("heading", { name: /is running$/ })).toHaveCount(0, { timeout: SYNC_TIMEOUT_MS });

  const { sync, outcomeCount, problemCount } = await api.get("sync", `/syncs/${id}?limit=1`);
  expect(["complete", "partial"]).toContain(sync.status);
  const table = other.getByRole("table", { name: "Outcomes" });
  const count = (number: number) => number.toLocaleString("en-GB");
  const last = other.getByRole("button", { name: `Page ${Math.ceil(outcomeCount / OUTCOMES_PAGE)}`, exact: true });
  await last.click();
  await expect(table.getByRole("row")).toHaveCount(((outcomeCount - 1) % OUTCOMES_PAGE) + 2);
  await other.getByRole("button", { name: `Problems (${count(problemCount)})` }).click();
  // Without any problem one row says so.
  await expect(table.getByRole("row")).toHaveCount(Math.max(1, Math.min(problemCount, OUTCOMES_PAGE)) + 1);
});

test("the list of syncs tells AWS's charges of the month", async ({ page, api }) => {
  const list = await api.get("syncs");
  await openPage(page, "/syncs", "Syncs");
  await expect(page.getByText(/^AWS charges of this month's syncs: \$/)).toBeVisible();
  await expect(page.getByRole("table", { name: "Syncs" }).getByRole("row")).toHaveCount(list.items.length + 1);
});
