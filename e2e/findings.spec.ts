import { expect, openPage, test } from "./fixtures/journey";

test("an owner takes a finding on with a note and a target date, and the history tells it", async ({ page, api }) => {
  const { items } = await api.get("findings", "/findings?filter=state=open&filter=severity=high&limit=1");
  const finding = items[0];
  if (!finding) throw new Error("no high finding is open");
  await openPage(page, `/findings/${finding.id}`, finding.summary);
  await page.getByRole("button", { name: "Acknowledge" }).click();
  const dialog = page.getByRole("dialog", { name: "Acknowledge" });
  const submit = dialog.getByRole("button", { name: "Acknowledge" });
  await expect(submit).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Who answers for it" }).fill("Payments");
  await dialog.getByRole("textbox", { name: "Target date" }).fill("2026/12/15");
  await dialog.getByRole("textbox", { name: "Note" }).fill("in the next sprint");
  await submit.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Payments, target /)).toBeVisible();
  await expect(page.getByRole("row", { name: /Open to acknowledged/ })).toBeVisible();
  const after = await api.get("finding", `/findings/${finding.id}`);
  expect(after.finding).toMatchObject({ state: "acknowledged", assignee: "Payments", targetOn: "2026-12-15" });
  expect(after.finding.dueOn).toBe(finding.dueOn);

  await page.getByRole("textbox", { name: "Comment" }).fill("see ticket 12");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByRole("row", { name: /see ticket 12/ })).toBeVisible();
});

test("what a person may not do says why", async ({ page, api }) => {
  const { items } = await api.get("findings", "/findings?filter=state=open&filter=severity=medium&limit=1");
  const finding = items[0];
  if (!finding) throw new Error("no medium finding is open");
  await openPage(page, `/findings/${finding.id}`, finding.summary);
  await page.getByRole("button", { name: "Claim fixed" }).click();
  const dialog = page.getByRole("dialog", { name: "Claim fixed" });
  await dialog.getByRole("button", { name: "Claim fixed" }).click();
  await expect(dialog).toBeHidden();
  const claim = page.getByRole("button", { name: "Claim fixed" });
  await expect(claim).toBeDisabled();
  // The reason describes the button; it is drawn while the button is pointed at.
  await expect(
    page.getByText("A fix is claimed already; the next sync confirms or refutes it.").first(),
  ).toBeAttached();
});

test("a filter is acknowledged as a whole, after saying how many change", async ({ page, api }) => {
  const search = "filter=state=open&filter=severity=low";
  const { total } = await api.get("findings", `/findings?${search}`);
  expect(total).toBeGreaterThan(1);
  await openPage(page, `/findings?${search}`, /^Findings/);
  await page.getByRole("button", { name: "Act on all filtered" }).click();
  await page.getByRole("menuitem", { name: "Acknowledge" }).click();
  const dialog = page.getByRole("dialog", { name: /^Acknowledge: / });
  await dialog.getByRole("textbox", { name: "Who answers for it" }).fill("Platform");
  await dialog.getByRole("textbox", { name: "Target date" }).fill("2027/01/31");
  await dialog.getByRole("textbox", { name: "Note" }).fill("one by one");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.getByRole("status")).toContainText(`${total} of ${total} findings will change.`);
  expect((await api.get("findings", `/findings?${search}`)).total).toBe(total);
  await dialog.getByRole("button", { name: `Acknowledge ${total} findings` }).click();
  await expect(dialog).toBeHidden();
  const taken = await api.get("findings", "/findings?filter=assignee=platform&filter=state=acknowledged");
  expect(taken.total).toBe(total);
});
