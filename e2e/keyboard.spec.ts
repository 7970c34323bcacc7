import { expect, openPage, test } from "./fixtures/journey";

test("the keyboard reaches the content first, then everything else", async ({ page }) => {
  await openPage(page, "/", "Overview");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#mqs-main")).toBeFocused();
});

test("pages are changed by keyboard alone", async ({ page }) => {
  await openPage(page, "/", "Overview");
  const link = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Brokers" });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Brokers/ })).toBeVisible();
});

test("a table is walked by arrow keys and a row opened by Enter", async ({ page }) => {
  await openPage(page, "/brokers", /^Brokers/);
  const first = page.getByRole("grid", { name: "Brokers" }).getByRole("rowheader").first().getByRole("link");
  const name = await first.innerText();
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("a dialog keeps the focus and gives it back", async ({ page, api }) => {
  const { items } = await api.get("accounts");
  await openPage(page, "/settings", "Settings");
  const actions = page.getByRole("button", { name: `Actions for ${items[0]?.name ?? items[0]?.accountId}` });
  await actions.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Take out of scope" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press("Tab");
    await expect(dialog.locator(":focus")).toHaveCount(1);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("the choice of colours is remembered and there from the first paint", async ({ page }) => {
  await openPage(page, "/", "Overview");
  await page.getByRole("button", { name: "Display settings" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await expect(page.locator("body")).toHaveClass(/awsui-dark-mode/);
  const html = await (await page.context().request.get("/")).text();
  expect(html).toMatch(/<body class="[^"]*awsui-dark-mode/);
});
