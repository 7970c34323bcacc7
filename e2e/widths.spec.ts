import { expect, openPage, test } from "./fixtures/journey";

test("the columns a list shows by itself fit at 1440 and 1024 pixels, headers in full", async ({ page }) => {
  for (const [path, name] of [
    ["/brokers", "Brokers"],
    ["/findings", "Findings"],
  ] as const) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await openPage(page, path, new RegExp(`^${name}`));
    const table = page.getByRole("grid", { name });
    const excess = () => table.evaluate((grid) => grid.scrollWidth - (grid.parentElement?.clientWidth ?? 0));
    const cutHeaders = () =>
      table
        .locator("th *")
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(excess, `${name} at ${width} pixels is wider than its frame by`).toBeLessThanOrEqual(0);
      expect((await cutHeaders()).filter(Boolean), `headers of ${name} cut off at ${width} pixels`).toEqual([]);
    }
  }
});
