import { expect, test } from "./fixtures/journey";

test("every page of an empty installation leads to connecting an account", async ({ page, emptyBaseURL }) => {
  for (const path of ["/", "/brokers", "/findings", "/syncs"]) {
    await page.goto(emptyBaseURL + path);
    await expect(page.getByRole("heading", { name: "No AWS account has been read yet" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Connect an AWS account" })).toBeVisible();
  }
});

test("connecting goes from the account over policy and test to the first sync", async ({
  page,
  emptyBaseURL,
  request,
}) => {
  const policy = await (await request.get(`${emptyBaseURL}/api/v1/accounts/policy`)).json();
  await page.goto(emptyBaseURL);
  await page.getByRole("link", { name: "Connect an AWS account" }).click();
  await expect(page.getByRole("heading", { name: "Choose the accounts" })).toBeVisible();
  await page.getByRole("radio", { name: /^Another account/ }).check({ force: true });
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("not the ARN of an IAM role")).toBeVisible();

  await page.getByRole("textbox", { name: "Role ARN" }).fill("arn:aws:iam::444455556666:role/mq-steward-read-only");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("region", { name: "the permissions policy" })).toContainText("mq:DescribeBroker");
  await expect(page.getByRole("region", { name: "the trust policy" })).toContainText("sts:ExternalId");
  expect(policy.actions.length).toBeGreaterThan(5);

  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Test access" }).click();
  await expect(page.getByText("The access works")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("table", { name: "Accounts to connect" })).toContainText("444455556666");
  await expect(page.getByRole("button", { name: "Connect and start the sync" })).toBeEnabled();
});
