import { expect, openPage, test } from "./fixtures/journey";

test("the catalogue counts what the findings list holds, and leads to a rule's settings", async ({ page, api }) => {
  const { items } = await api.get("rules");
  await openPage(page, "/rules", /^Rules/);
  const rule = items.find(({ openFindings, counts }) => openFindings > 0 && counts.pass > 0);
  if (!rule) throw new Error("no rule has findings");
  await page.getByRole("link", { name: `${rule.openFindings} open findings: ${rule.title}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Findings/ })).toContainText(`(${rule.openFindings})`);
  await openPage(page, `/rules/${rule.id}`, rule.title);
  await expect(page.getByRole("button", { name: "Save and evaluate" })).toBeDisabled();
  await page.getByRole("textbox", { name: "Reason" }).fill("Looked at it, left as it is");
  await expect(page.getByRole("button", { name: "Save and evaluate" })).toBeEnabled();
});
