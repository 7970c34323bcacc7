import { formatKpiFigure } from "@/components/ui/figures";
import { expect, openPage, test } from "./fixtures/journey";

test("every KPI leads to its page, and from a figure to the brokers behind it", async ({ page, api }) => {
  const { items } = await api.get("kpis");
  const ha = items.find(({ id }) => id === "ha-coverage");
  const [value] = ha?.values ?? [];
  if (!ha || !value?.value) throw new Error("high availability has no figure");
  await openPage(page, "/kpis", "KPIs");
  const table = page.getByRole("table", { name: "KPIs" });
  await expect(table.getByRole("row")).toHaveCount(items.length + 1);
  await expect(table.getByRole("row", { name: ha.title })).toContainText(formatKpiFigure(value.value, ha.unit));
  await table.getByRole("link", { name: ha.title }).click();

  await expect(page.getByRole("heading", { level: 1, name: ha.title })).toBeVisible();
  const { counts } = await api.get("kpiContributors", "/kpis/ha-coverage/contributors");
  expect(counts.numerator).toBe(Number(value.numerator));
  await page.getByRole("button", { name: `In the numerator (${counts.numerator})` }).click();
  const first = await api.get("kpiContributors", "/kpis/ha-coverage/contributors?group=numerator&limit=1");
  const name = first.items[0]?.label ?? "";
  await page.getByRole("table", { name: "What is behind it" }).getByRole("link", { name, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("a KPI over the register says what it waits for", async ({ page, api }) => {
  const { values } = await api.get("kpi", "/kpis/downtime-incidents");
  await openPage(page, "/kpis/downtime-incidents", "Incidents by broker failure");
  await expect(page.getByText(values[0]?.unavailable ?? "no reason").first()).toBeVisible();
});

test("a target is set for a coming quarter alone", async ({ page, api }) => {
  const { settable } = await api.get("kpiTargets", "/kpis/owner-coverage/targets");
  const quarter = settable[0] ?? "";
  await openPage(page, "/kpis/owner-coverage", "Owner coverage");
  await page.getByLabel("Target (percent)").fill("101");
  await expect(page.getByText("At most 100.").first()).toBeVisible();
  await page.getByLabel("Target (percent)").fill("90");
  await page.getByRole("button", { name: "Set target" }).click();
  await expect(page.getByText(new RegExp(`^${quarter}: 90\\s%, set by`))).toBeVisible();
  expect((await api.get("kpiTargets", "/kpis/owner-coverage/targets")).items[0]).toMatchObject({ quarter, target: 90 });
});
