import { expect, expectUsable, openPage, test } from "./fixtures/journey";

test("a broker without an owner is assigned here, with the command that tags it, and the assignment is taken back", async ({
  page,
  api,
}) => {
  const { items } = await api.get("ownership", "/owners/brokers?kind=none");
  const broker = items.at(-1);
  const owner = (await api.get("owners")).items.find(({ brokers }) => brokers > 1);
  if (!broker || !owner) throw new Error("every broker has an owner");
  await openPage(page, "/owners?tab=none", "Owners");
  const assign = page.getByRole("button", { name: `Assign ${broker.name}`, exact: true });
  await expectUsable(assign);
  await assign.click();
  await page.getByRole("menuitem", { name: "To an owner…" }).click();
  const form = page.getByRole("dialog", { name: `Assign ${broker.name}` });
  await form.getByRole("combobox", { name: "Owner" }).fill(owner.displayName);
  await page.keyboard.press("Escape");
  await form.getByLabel("Reason").fill("asked around");
  await expect(form.getByRole("region", { name: "the tagging command" })).toContainText(
    `aws mq create-tags --region ${broker.region} --resource-arn ${broker.arn} --tags`,
  );
  await form.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(form).toBeHidden();

  await page.getByRole("tab", { name: /^Assigned here/ }).click();
  const row = page.getByRole("table", { name: "Assigned here" }).getByRole("row", { name: new RegExp(broker.name) });
  await expect(row).toContainText(owner.displayName);
  await expect(row).toContainText("asked around");
  await page.getByRole("button", { name: `Take the assignment of ${broker.name} back` }).click();
  await expect(row).toBeHidden();
  const after = await api.get("ownership", "/owners/brokers?kind=none");
  expect(after.items.map(({ id }) => id)).toContain(broker.id);
});

test("an owner's scorecard leads to its findings, and a merge says what it would move", async ({ page, api }) => {
  const { items } = await api.get("owners");
  const [owner, other] = [...items].sort((a, b) => b.findings.total - a.findings.total);
  if (!owner || !other) throw new Error("there are no two owners");
  await openPage(page, `/owners/${owner.id}`, owner.displayName);
  await page.getByRole("button", { name: "Merge another into it" }).click();
  const form = page.getByRole("dialog", { name: `Merge another owner into ${owner.displayName}` });
  await form.getByRole("button", { name: /Owner that becomes an alias/ }).click();
  await page.getByLabel("Part of an owner's name").fill(other.displayName);
  await page.getByRole("option", { name: other.displayName }).first().click();
  await expect(form.getByText("Names that lead here")).toBeVisible();
  await expect(form.getByRole("definition").filter({ hasText: other.key })).toBeVisible();
  await form.getByRole("button", { name: "Cancel" }).click();
  await page
    .getByRole("link", { name: `${owner.findings.total} findings` })
    .first()
    .click();
  await expect(page).toHaveURL(/\/findings\?owner=/);
  await expect(page.getByRole("heading", { level: 1, name: /^Findings/ })).toBeVisible();
});
