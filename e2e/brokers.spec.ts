import { readFile } from "node:fs/promises";
import { BrokersPage } from "./fixtures/brokers-page";
import { expect, test } from "./fixtures/journey";

test("a filter is part of the address and can be shared", async ({ page, api, context }) => {
  const expected = await api.get("brokers", "/brokers?filter=engine%3DRABBITMQ");
  const brokers = new BrokersPage(page);
  await brokers.open();
  await brokers.filterBy("Engine = RABBITMQ");
  await expect(page.getByRole("heading", { level: 1, name: `Brokers (${expected.total})` })).toBeVisible();
  expect(new URL(page.url()).searchParams.getAll("filter")).toEqual(["engine=RABBITMQ"]);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("heading", { level: 1, name: `Brokers (${expected.total})` })).toBeVisible();
  expect(await new BrokersPage(other).names()).toEqual(await brokers.names());

  await page.goBack();
  await expect(page).toHaveURL(/\/brokers$/);
  await expect(
    page.getByRole("heading", { level: 1, name: `Brokers (${(await api.get("brokers")).total})` }),
  ).toBeVisible();
});

test("the CSV file holds exactly what is filtered", async ({ page, api }) => {
  const expected = await api.get("brokers", "/brokers?filter=environment%3Dproduction&limit=500");
  const brokers = new BrokersPage(page);
  await brokers.open("?filter=environment%3Dproduction");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(expected.total + 1);
  for (const { id } of expected.items) expect(lines.some((line) => line.includes(id))).toBe(true);
});

test("pages go forward and back", async ({ page, api }) => {
  const first = await api.get("brokers", "/brokers?limit=20");
  const second = await api.get("brokers", `/brokers?limit=20&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
  const brokers = new BrokersPage(page);
  await brokers.open("?limit=20");
  const pager = page.getByRole("navigation", { name: "Pages of brokers" });
  await pager.getByRole("button", { name: "Next page" }).click();
  await expect.poll(() => brokers.names()).toEqual(second.items.map(({ name }) => name));
  await expect(pager).toContainText(`21–40 of ${first.total}`);
  await pager.getByRole("button", { name: "Previous page" }).click();
  await expect.poll(() => brokers.names()).toEqual(first.items.map(({ name }) => name));
});

test("columns are chosen and stay in the address", async ({ page }) => {
  const brokers = new BrokersPage(page);
  await brokers.open();
  await expect(brokers.table.getByRole("columnheader", { name: "Instance type" })).toHaveCount(0);
  await page.getByRole("button", { name: "Preferences" }).click();
  const dialog = page.getByRole("dialog", { name: "Preferences" });
  await dialog.getByRole("checkbox", { name: "Instance type" }).check({ force: true });
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(brokers.table.getByRole("columnheader", { name: "Instance type" })).toBeVisible();
  await page.reload();
  await expect(brokers.table.getByRole("columnheader", { name: "Instance type" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("columns")).toContain("instanceType");
});

test("a click on a column's header sorts by it, a second one the other way round, and the address keeps it", async ({
  page,
  api,
}) => {
  const namesIn = async (order: "asc" | "desc") =>
    (await api.get("brokers", `/brokers?sort=engineVersion&order=${order}`)).items.map(({ name }) => name);
  const [ascending, descending] = [await namesIn("asc"), await namesIn("desc")];
  const brokers = new BrokersPage(page);
  const header = brokers.table.getByRole("columnheader", { name: "Version" });
  await brokers.open();
  await brokers.sortBy("Version");
  await expect.poll(() => brokers.names()).toEqual(ascending);
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await brokers.sortBy("Version");
  await expect.poll(() => brokers.names()).toEqual(descending);
  await page.reload();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  expect(await brokers.names()).toEqual(descending);
  expect(new URL(page.url()).search).toBe("?sort=engineVersion&order=desc");
});

test("brokers that are gone are listed only when asked for, and marked", async ({ page, api }) => {
  const present = await api.get("brokers");
  const gone = await api.get("brokers", "/brokers?filter=presence%3Dgone");
  const [first] = gone.items;
  if (!first) throw new Error("no broker is gone");
  const brokers = new BrokersPage(page);
  await brokers.open(`?q=${first.name}`);
  const marked = brokers.table
    .getByRole("rowheader")
    .filter({ hasText: first.name })
    .getByText("Gone", { exact: true });
  await expect(marked).toHaveCount(0);
  const toggle = page.getByRole("checkbox", { name: "Include brokers that are gone" });
  await toggle.click({ force: true });
  await expect(marked).toHaveCount(1);
  await page.reload();
  await expect(marked).toHaveCount(1);
  await expect(toggle).toBeChecked();

  await brokers.open("?filter=presence%3A");
  await expect.poll(() => brokers.total()).toBe(present.total + gone.total);
  await toggle.click({ force: true });
  await expect.poll(() => brokers.total()).toBe(present.total);
  expect(new URL(page.url()).searchParams.has("filter")).toBe(false);
});

test("a filter that nothing matches offers the way back", async ({ page, api }) => {
  const brokers = new BrokersPage(page);
  await brokers.open("?q=no-broker-is-called-so");
  await expect(page.getByText("No brokers match")).toBeVisible();
  await page.getByRole("button", { name: "Clear filter", exact: true }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: `Brokers (${(await api.get("brokers")).total})` }),
  ).toBeVisible();
});

test("an address that cannot be read says so", async ({ page }) => {
  await new BrokersPage(page).open("?filter=nonsense");
  await expect(page.getByText("The filter in the address cannot be read")).toBeVisible();
});
