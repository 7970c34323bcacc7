import { formatAmount, kpiFigure } from "@/components/ui/figures";
import { formatDayShort, formatInstant, formatMonth } from "@/components/ui/times";
import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";
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

test("Info beside a key figure opens its definition, and what the figure is made of", async ({ page, api }) => {
  const { kpis } = await api.get("overview");
  await openPage(page, "/", "Overview");
  const figures = page.getByRole("region", { name: "Key figures" });
  const help = page.getByRole("complementary", { name: "Help" });
  for (const kpi of kpis) {
    await figures.getByRole("button", { name: `Information about ${kpi.title}` }).click();
    await expect(help.getByRole("heading", { name: kpi.title })).toBeVisible();
    await expect(help).toContainText(kpi.definition);
    for (const label of [kpi.numeratorLabel, kpi.denominatorLabel]) if (label) await expect(help).toContainText(label);
    for (const { unknowns, exclusions, asOf } of kpi.values) {
      for (const { reason, count } of exclusions.filter((one) => one.count > 0))
        await expect(help).toContainText(`${count} left out: ${reason}`);
      await expect(help).toContainText(unknowns > 0 ? `${unknowns} unknown` : "Nothing unknown");
      if (asOf) await expect(help).toContainText(`Oldest fact of ${formatInstant(asOf)}`);
    }
  }
  expect(kpis.flatMap(({ values }) => values.flatMap(({ exclusions }) => exclusions)).length).toBeGreaterThan(0);
});

test("the cost trend is split otherwise, and its table has the API's amounts", async ({ page, api }) => {
  await openPage(page, "/", "Overview");
  for (const [by, granularity, start] of [
    ["account", "day", formatDayShort],
    ["environment", "month", formatMonth],
  ] as const) {
    const { currencies } = await api.get("costs", `/costs?by=${by}&granularity=${granularity}`);
    const [usd] = currencies;
    if (!usd) throw new Error("there are no costs");
    await page.getByRole("button", { name: granularity === "day" ? "Daily" : "Monthly", exact: true }).click();
    await page.getByRole("button", { name: /^Split cost by/ }).click();
    await page.getByRole("option", { name: by, exact: false }).click();
    const title = `Cost by ${by} in ${usd.currency}`;
    const table = page.getByRole("region", { name: `${title} as a table` });
    const show = page.getByRole("button", { name: `Show ${title} as a table` });
    await show.click();
    const rows = await table
      .locator("tr")
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
    const amount = (text: string | null) => (text === null ? "–" : formatAmount(text, usd.currency));
    const expected = (usd.series[0]?.points ?? []).map((point, index) => {
      const amounts = usd.series.map(({ points }) => points[index]?.amount ?? null);
      const known = amounts.filter((one) => one !== null);
      const total = known.reduce((sum, one) => sum.plus(parseDecimal(one)), new Decimal(0));
      return [start(point.start), ...amounts.map(amount), known.length > 0 ? amount(decimalToText(total)) : "–"];
    });
    expect(rows[0]).toEqual(["Start", ...usd.series.map(({ label }) => label), "Total", "Status"]);
    expect(rows.slice(1).map((row) => row.slice(0, -1))).toEqual(expected);
    await show.click();
  }
});
