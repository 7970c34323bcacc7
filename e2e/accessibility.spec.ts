import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/journey";
import { everyPage, type PageUnderTest, STATIC_PAGES } from "./fixtures/pages";

const MINUTES = 60_000;

test("axe finds nothing on any page, in light and dark mode", async ({ page, api }) => {
  test.setTimeout(5 * MINUTES);
  for (const one of await everyPage(api)) await expectAccessible(page, "", one);
});

test("axe finds nothing on the pages of an empty installation, in light and dark mode", async ({
  page,
  emptyBaseURL,
}) => {
  test.setTimeout(3 * MINUTES);
  for (const one of STATIC_PAGES) await expectAccessible(page, emptyBaseURL, one);
});

async function expectAccessible(page: Page, base: string, { name, path, heading }: PageUnderTest): Promise<void> {
  await page.goto(base + path);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  await settled(page);
  expect.soft(await violations(new AxeBuilder({ page })), `${name}, light`).toEqual([]);
  // What else axe looks at is the same in both modes.
  await page.evaluate(() => document.body.classList.add("awsui-dark-mode"));
  await settled(page);
  expect.soft(await violations(new AxeBuilder({ page }).withRules("color-contrast")), `${name}, dark`).toEqual([]);
}

/** Colours are measured where they end, not half-way through a transition. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ),
  );
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const found = await axe.analyze();
  return found.violations.map(({ id, help, nodes }) => {
    const targets = nodes.map(({ target }) => target.join(" ")).slice(0, 3);
    return `${id}: ${help} (${targets.join("; ")})`;
  });
}
