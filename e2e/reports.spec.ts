import { readFile } from "node:fs/promises";
import { expect, openPage, test } from "./fixtures/journey";

test("a quarter is reported: computed once, read on the screen, downloaded twice with the same figures", async ({
  page,
  api,
}) => {
  await openPage(page, "/reports", "Reports");
  await page.getByRole("button", { name: "Make a report" }).click();
  const form = page.getByRole("dialog", { name: "Make a report" });
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
  const download = async (item: string) => {
    await page.getByRole("button", { name: /^Download 2026-Q3/ }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    return { name: file.suggestedFilename(), text: (await readFile(await file.path())).toString("latin1") };
  };
  const csv = await download("Every figure (CSV)");
  expect(csv.name).toBe(`amazon-mq-2026-Q3-v${report.number}-${report.stage}.csv`);
  expect(await download("Every figure (CSV)")).toEqual(csv);
  const pdf = await download("PDF (A4), without pages of owners");
  expect(pdf.text.startsWith("%PDF-")).toBe(true);
});
