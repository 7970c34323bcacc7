import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { MODE_COOKIE } from "@/components/shell/appearance-cookies";
import { expect, test } from "./fixtures/journey";
import { everyPage, type PageUnderTest, STATIC_PAGES } from "./fixtures/pages";

const MINUTES = 60_000;

for (const mode of ["light", "dark"] as const) {
  test(`axe finds nothing on any page in ${mode} mode`, async ({ page, api, context, baseURL }) => {
    test.setTimeout(5 * MINUTES);
    await context.addCookies([{ name: MODE_COOKIE, value: mode, url: baseURL ?? "" }]);
    for (const one of await everyPage(api)) await expectAccessible(page, "", one);
  });

  test(`axe finds nothing on the pages of an empty installation in ${mode} mode`, async ({
    page,
    context,
    emptyBaseURL,
  }) => {
    test.setTimeout(3 * MINUTES);
    await context.addCookies([{ name: MODE_COOKIE, value: mode, url: emptyBaseURL }]);
    for (const one of STATIC_PAGES) await expectAccessible(page, emptyBaseURL, one);
  });
}

async function expectAccessible(page: Page, base: string, { name, path, heading }: PageUnderTest): Promise<void> {
  await page.goto(base + path);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  // Colours are measured where they end, not half-way through a transition.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .map(({ target }) => target.join(" "))
        .slice(0, 3)
        .join("; ")})`,
  );
  expect.soft(found, name).toEqual([]);
}
