import { expect, test } from "./fixtures/journey";
import { everyPage } from "./fixtures/pages";

for (const width of [1280, 1024, 768]) {
  test(`no page scrolls sideways at ${width} pixels`, async ({ page, api }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height: 900 });
    for (const { name, path, heading } of await everyPage(api)) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(excess, `${name} is wider than the window by`).toBeLessThanOrEqual(0);
    }
  });
}
