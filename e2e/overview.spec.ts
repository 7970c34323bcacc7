import { kpiFigure } from "@/components/ui/figures";
import { expect, openPage, test } from "./fixtures/journey";

test("the overview shows exactly the API's figures", async ({ page, api }) => {
  const overview = await api.get("overview");
  await openPage(page, "/", "Overview");
  const figures = page.getByRole("region", { name: "Key figures" });
  expect(overview.kpis.length).toBeGreaterThan(4);
  for (const kpi of overview.kpis) {
    await expect(figures.getByRole("heading", { name: kpi.title })).toBeVisible();
    for (const value of kpi.values) {
      if (value.value === null)
        await expect(figures.getByText(value.unavailable ?? "Not available").first()).toBeVisible();
      else await expect(figures.getByText(kpiFigure(value.value, kpi.unit, value.series).figure).first()).toBeVisible();
    }
  }
  await expect(page.getByRole("heading", { name: `Needs attention next (${overview.findings.open})` })).toBeVisible();
  const lines = page.getByRole("table", { name: "Engine lines and end of support" });
  await expect(lines.getByRole("row")).toHaveCount(overview.lines.length + 1);
});

test("an engine line leads to its brokers", async ({ page, api }) => {
  const { lines } = await api.get("overview");
  const line = lines[0];
  if (!line) throw new Error("there is no engine line");
  await openPage(page, "/", "Overview");
  await page
    .getByRole("table", { name: "Engine lines and end of support" })
    .getByRole("row")
    .nth(1)
    .getByRole("link", { name: String(line.brokers) })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: `Brokers (${line.brokers})` })).toBeVisible();
});
