import { expect, openPage, test } from "./fixtures/journey";

test("a setting says what it changes before it does, and can be taken back", async ({ page, api }) => {
  const before = (await api.get("settings")).settings.unclassifiedAsProduction;
  await openPage(page, "/settings?tab=environments", "Settings");
  for (const wanted of [!before, before]) {
    await page
      .getByRole("checkbox", { name: "Count unclassified brokers as production" })
      .setChecked(wanted, { force: true });
    await page.getByRole("button", { name: "Review and save" }).click();
    const dialog = page.getByRole("dialog", { name: "This will change" });
    await expect(dialog.getByText("Unclassified brokers count as production")).toBeVisible();
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(async () => (await api.get("settings")).settings.unclassifiedAsProduction).toBe(wanted);
  }
});

test("the order of tag keys is changed by buttons", async ({ page, api }) => {
  const { settings } = await api.get("settings");
  await openPage(page, "/settings?tab=owners", "Settings");
  await page.getByRole("button", { name: "Move owner key 1 down" }).click();
  await expect(page.getByRole("textbox", { name: "owner key 1" })).toHaveValue(settings.ownerKeys[1] ?? "");
  await page.getByRole("button", { name: "Back to the defaults" }).click();
  await expect(page.getByRole("textbox", { name: "owner key 1" })).toHaveValue("owner");
});

test("every connected account is listed, and its access can be tried", async ({ page, api }) => {
  const accounts = await api.get("accounts");
  await openPage(page, "/settings", "Settings");
  await expect(page.getByRole("table", { name: "AWS accounts" }).getByRole("row")).toHaveCount(accounts.total + 1);
  const first = accounts.items[0];
  if (!first) throw new Error("no account is connected");
  await page.getByRole("button", { name: `Actions for ${first.name ?? first.accountId}` }).click();
  await page.getByRole("menuitem", { name: "Test access" }).click();
  await expect(page.getByRole("table", { name: "Actions tried" })).toBeVisible({ timeout: 30_000 });
});

test("taking an account out of scope says what follows, and is not done by accident", async ({ page, api }) => {
  const accounts = await api.get("accounts");
  const first = accounts.items[0];
  if (!first) throw new Error("no account is connected");
  await openPage(page, "/settings", "Settings");
  await page.getByRole("button", { name: `Actions for ${first.name ?? first.accountId}` }).click();
  await page.getByRole("menuitem", { name: "Take out of scope" }).click();
  const dialog = page.getByRole("dialog", { name: /out of scope\?$/ });
  await expect(dialog.getByText("None of them counts as fixed.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await api.get("accounts")).total).toBe(accounts.total);
});
