import { expect, openPage, test } from "./fixtures/journey";
import { SignInPage } from "./fixtures/sign-in-page";

test("a person is added, chooses a password, sees what the role allows, and is disabled; the audit tells it all", async ({
  page,
  api,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const name = "Vera Viewer";
  const email = "vera@example.com";
  await openPage(page, "/settings?tab=people", "Settings");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const oneTime = await page.getByRole("region", { name: "the one-time password" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, baseURL: baseURL ?? "" });
  const own = await context.newPage();
  await own.goto("/audit");
  await new SignInPage(own).signIn({ email, password: oneTime.trim() });
  await expect(own.getByRole("heading", { level: 1, name: "Choose a new password" })).toBeVisible();
  await own.getByLabel("Current password").fill(oneTime.trim());
  await own.getByLabel("New password", { exact: true }).fill("Cymbal-Gr0ve-77");
  await own.getByLabel("New password once more").fill("Cymbal-Gr0ve-77");
  await own.getByRole("button", { name: "Change the password" }).click();
  await expect(own.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(own.getByRole("button", { name: "Sync now" })).toHaveCount(0);
  await expect(own.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Audit" })).toHaveCount(0);
  await own.goto("/audit");
  await expect(own.getByRole("heading", { level: 1, name: "Not allowed" })).toBeVisible();

  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await expect(page.getByText(`${name} can no longer sign in`)).toBeVisible();
  expect((await context.request.get("/api/v1/brokers")).status()).toBe(401);
  await context.close();

  await openPage(page, `/audit?subject=${encodeURIComponent(email)}`, /^Audit/);
  const { items } = await api.get("audit", `/audit?subject=${encodeURIComponent(email)}`);
  expect(items.map(({ action }) => action)).toEqual([
    "person.change",
    "person.password-change",
    "session.sign-in",
    "person.add",
  ]);
  const table = page.getByRole("table", { name: "Audit" });
  await expect(table.getByRole("row")).toHaveCount(items.length + 1);
  const csv = await (await page.request.get(`/api/v1/audit/export?subject=${encodeURIComponent(email)}`)).text();
  expect(csv.trim().split("\r\n")).toHaveLength(items.length + 1);
});
