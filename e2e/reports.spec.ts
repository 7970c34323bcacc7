import { readFile } from "node:fs/promises";
import { expect, openPage, test } from "./fixtures/journey";

test("a quarter is reported: computed once, read on the screen, downloaded twice with the same figures", async ({
  page,
  api,
}) => {
  await openPage(page, "/reports", "Reports");
  await page.getByRole("button", { name: "Compute a report" }).click();
  const form = page.getByRole("dialog", { name: "Compute a report" });
  await expect(form.getByRole("button", { name: /Quarter/ })).toContainText("2026-Q3");
  await form.getByRole("button", { name: "Compute", exact: true }).click();
  await expect(form).toBeHidden();
  const [report] = (await api.get("reports", "/reports?quarter=2026-Q3&scope=all")).items;
  if (!report) throw new Error("no report was made");
  await page
    .getByRole("link", { name: `2026-Q3, version ${report.number}` })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Quarterly report 2026-Q3" })).toBeVisible();
  const { document } = await api.get("report", `/reports/${report.id}`);
  for (const sentence of document.summary.slice(0, 3)) await expect(page.getByText(sentence)).toBeVisible();
  const files: string[] = [];
  for (const _ of [1, 2]) {
    await page.getByRole("button", { name: /^Download 2026-Q3/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "PDF (A4), without pages of owners" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`amazon-mq-2026-Q3-v${report.number}-${report.stage}.pdf`);
    files.push((await readFile(await download.path())).toString("latin1"));
  }
  expect(files[0]?.startsWith("%PDF-")).toBe(true);
  expect(files[0] === files[1]).toBe(true);
});
