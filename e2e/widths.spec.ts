import { expect, test } from "./fixtures/journey";
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
