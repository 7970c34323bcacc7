import AxeBuilder from "@axe-core/playwright";
import { TEST_ADMINISTRATOR } from "@/lib/testing/add-administrator";
import { expect, test } from "./fixtures/journey";
import { SignInPage } from "./fixtures/sign-in-page";
import { SIGNED_IN } from "./fixtures/signed-in";

test("a new installation asks for its administrator first, and who signs in comes back to where he wanted to go", async ({
  page,
  context,
  emptyBaseURL,
}) => {
  test.setTimeout(120_000);
  const { name, email, password } = TEST_ADMINISTRATOR;

  await page.goto(`${emptyBaseURL}/brokers`);
  await expect(page.getByRole("heading", { level: 1, name: "Set up MQ Steward" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.getByLabel("New password", { exact: true }).fill("password1234");
  await page.getByLabel("New password once more").fill("password1234");
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await expect(page.getByText("This is among the passwords that are tried first.")).toBeVisible();
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password once more").fill(password);
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  // Nobody else can set it up again.
  await page.goto(`${emptyBaseURL}/set-up`);
  await expect(page).toHaveURL(`${emptyBaseURL}/`);

  const signIn = new SignInPage(page);
  await page.goto("/brokers?filter=engine%3DRABBITMQ");
  await signIn.isShown();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  await signIn.signIn({ email, password: "Wr0ng-password-x" });
  await expect(
    page.getByText("E-mail address or password is wrong, or the account is disabled.", { exact: true }),
  ).toBeVisible();
  await signIn.signIn({ email, password });
  await expect(page).toHaveURL(/\/brokers\?filter=engine%3DRABBITMQ$/);
  await expect(page.getByRole("heading", { level: 1, name: /^Brokers/ })).toBeVisible();
  await context.storageState({ path: SIGNED_IN });
});
