import { TEST_ADMINISTRATOR } from "@/lib/testing/add-administrator";
import { expect, openPage, test } from "./fixtures/journey";
import { SignInPage } from "./fixtures/sign-in-page";

test("signing out ends the session for every page, and the next person starts anew", async ({ browser, baseURL }) => {
  // A session of its own: the others' must not end with it.
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, baseURL: baseURL ?? "" });
  const page = await context.newPage();
  const signIn = new SignInPage(page);
  await page.goto("/findings");
  await signIn.isShown();
  await signIn.signIn(TEST_ADMINISTRATOR);
  await expect(page.getByRole("heading", { level: 1, name: /^Findings/ })).toBeVisible();
  const cookies = await context.cookies();

  await page.getByRole("button", { name: `Signed in as ${TEST_ADMINISTRATOR.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await signIn.isShown();
  expect((await context.request.get("/api/v1/brokers")).status()).toBe(401);
  // Not even for somebody who kept the cookie.
  await context.addCookies(cookies);
  expect((await context.request.get("/api/v1/brokers")).status()).toBe(401);
  await context.close();
});

test("the person's name and role stand in the top bar", async ({ page }) => {
  await openPage(page, "/", "Overview");
  await page.getByRole("button", { name: `Signed in as ${TEST_ADMINISTRATOR.name}` }).click();
  await expect(page.getByText(`${TEST_ADMINISTRATOR.email}, Administrator`).filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("menuitem", { name: "Change password" })).toBeVisible();
});
