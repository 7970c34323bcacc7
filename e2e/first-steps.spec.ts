import { Api, expect, expectUsable, openPage, test } from "./fixtures/journey";

test("every page of an empty installation leads to connecting an account", async ({ page, emptyBaseURL }) => {
  for (const path of ["/", "/brokers", "/findings", "/lifecycle", "/syncs"]) {
    await page.goto(emptyBaseURL + path);
    await expect(page.getByRole("heading", { name: "No AWS account has been read yet" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Connect an AWS account" })).toBeVisible();
  }
});

test("connecting goes from the account over policy and test to the first sync", async ({ page, emptyBaseURL }) => {
  await page.goto(emptyBaseURL);
  await page.getByRole("link", { name: "Connect an AWS account" }).click();
  await expectUsable(page.getByRole("heading", { level: 1, name: "Choose the accounts" }));
  await page.getByRole("radio", { name: /^Another account/ }).check({ force: true });
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("not the ARN of an IAM role")).toBeVisible();

  await page.getByRole("textbox", { name: "Role ARN" }).fill("arn:aws:iam::444455556666:role/mq-steward-read-only");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("region", { name: "the permissions policy" })).toContainText("mq:DescribeBroker");
  await expect(page.getByRole("region", { name: "the trust policy" })).toContainText("sts:ExternalId");
  await expect(page.getByRole("region", { name: "the policy of this server's identity" })).toContainText(
    '"Resource": "arn:aws:iam::444455556666:role/mq-steward-read-only"',
  );

  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Test access" }).click();
  await expect(page.getByText("The access works")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("table", { name: "Accounts to connect" })).toContainText("444455556666");
  await expect(page.getByRole("button", { name: "Connect and start the sync" })).toBeEnabled();
});

test("accounts of the organization are discovered and chosen", async ({ page, emptyBaseURL, playwright }) => {
  const request = await playwright.request.newContext({ baseURL: emptyBaseURL });
  const discovered = await new Api(request).get("discoverAccounts");
  const policy = await new Api(request).get("policy");
  await request.dispose();
  const active = discovered.items.filter(({ status }) => status === "ACTIVE");
  const closed = discovered.items.find(({ status }) => status !== "ACTIVE");
  const own = active.find(({ accountId }) => accountId === policy.principalAccountId);
  const other = active.find(({ accountId }) => accountId !== policy.principalAccountId);
  if (!own || !other || !closed) throw new Error("the organization lacks the own, another or a closed account");

  await openPage(page, `${emptyBaseURL}/settings/connect`, "Choose the accounts");
  await page.getByRole("radio", { name: /^From the organization/ }).check({ force: true });
  const accounts = page.getByRole("table", { name: "Accounts of the organization" });
  await expect(accounts.getByRole("row")).toHaveCount(discovered.items.length + 1);
  await expect(accounts.getByRole("checkbox", { name: `Choose ${closed.name} (${closed.accountId})` })).toBeDisabled();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("Choose at least one account.")).toBeVisible();

  for (const { name, accountId } of [own, other])
    await accounts.getByRole("checkbox", { name: `Choose ${name} (${accountId})` }).check({ force: true });
  await page.getByRole("textbox", { name: "Name of the role" }).fill("Reader");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("region", { name: "the policy of this server's identity" })).toContainText(
    '"Resource": "arn:aws:iam::*:role/Reader"',
  );
  await expect(
    page.getByText(`Attach it to the identity this server runs with (${policy.principalArn})`),
  ).toBeVisible();

  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  const review = page.getByRole("table", { name: "Accounts to connect" });
  await expect(review.getByRole("row")).toHaveCount(3);
  await expect(review.getByRole("row", { name: own.accountId })).toContainText("Credentials of this server");
  await expect(review.getByRole("row", { name: other.accountId })).toContainText(
    `arn:aws:iam::${other.accountId}:role/Reader`,
  );
});
