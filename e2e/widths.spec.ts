import { expect, openPage, test } from "./fixtures/journey";
import { everyPage } from "./fixtures/pages";

const WIDTHS = [1280, 1024, 768];

test(`no page scrolls sideways at ${WIDTHS.join(", ")} pixels`, async ({ page, api }) => {
  test.setTimeout(180_000);
  for (const { name, path, heading } of await everyPage(api)) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const excess = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      // Tables and charts follow the window a moment later.
      await expect.soft.poll(excess, `${name} at ${width} pixels is wider than the window by`).toBeLessThanOrEqual(0);
    }
  }
});

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
