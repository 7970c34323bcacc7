import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/journey";
import { PAGES, PAGES_OF_DATA, pageOf } from "./fixtures/pages";

/** Scripts, styles and fonts of one page, as they travel. */
const LIMIT_BYTES = 900_000;

/** What only the server may know. */
const FORBIDDEN = ["PrismaClient", "graphile", "DescribeBrokerCommand", "AWS4-HMAC-SHA256", "SELECT b.id"];

const WIDTHS = [1280, 1024, 768];

/** Scripts that were read before, by whatever page of this worker. */
const readScripts = new Set<string>();

// One visit for everything that holds of every page: what it weighs, that it fits, and that everybody can use it.
for (const one of PAGES) {
  test(`${one.name}: at most 900 kB, no sideways scrolling, by keyboard alone, accessible in light and dark`, async ({
    page,
    api,
  }) => {
    const { path, heading } = await pageOf(one, api);
    const loaded = await watchLoading(page);
    await open(page, path, heading);
    await page.waitForLoadState("networkidle");
    const { bytes, scripts } = await loaded();
    expect.soft(bytes, "bytes of scripts, styles and fonts").toBeLessThanOrEqual(LIMIT_BYTES);
    expect(bytes, "something was measured").toBeGreaterThan(100_000);
    for (const { url, text } of scripts)
      for (const forbidden of FORBIDDEN) expect.soft(text.includes(forbidden), `${forbidden} in ${url}`).toBe(false);
    await expectKeyboard(page);
    await expectAccessible(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const excess = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      // Tables and charts follow the window a moment later.
      await expect.soft.poll(excess, `wider than a window of ${width} pixels by`).toBeLessThanOrEqual(0);
    }
  });
}

for (const one of PAGES_OF_DATA) {
  test(`${one.name} of an empty installation: accessible in light and dark`, async ({ page, api, emptyBaseURL }) => {
    const { path, heading } = await pageOf(one, api);
    await open(page, emptyBaseURL + path, heading);
    await expectAccessible(page);
  });
}

/**
 * The first key leads past the navigation into the content, the next one to something in it, and nothing that the mouse reaches is out of the keyboard's:
 * it takes the focus itself, or is part of something with arrow keys that does (a table, tabs, a menu).
 */
async function expectKeyboard(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Skip to the content" }).focus();
  await page.keyboard.press("Enter");
  await expect.soft(page.locator("#mqs-main"), "the way into the content").toBeFocused();
  const unreachable = await page.evaluate(() => {
    const widgets =
      "a[href], button, input, select, textarea, [role=button], [role=tab], [role=checkbox], [role=combobox]";
    const composites =
      "[role=grid], [role=treegrid], [role=tablist], [role=menu], [role=radiogroup], [role=toolbar], [role=listbox], [role=tree], .mqs-gantt";
    const shown = (element: Element) =>
      element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
    return [...document.querySelectorAll<HTMLElement>(widgets)]
      .filter(
        (element) =>
          shown(element) && !element.matches(":disabled, [aria-disabled=true], [aria-hidden=true] *, [inert] *"),
      )
      .filter(
        (element) =>
          element.tabIndex < 0 && !element.closest(composites)?.querySelector("[tabindex='0'], a[href], button"),
      )
      .map((element) =>
        `${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent ?? ""}`.slice(
          0,
          80,
        ),
      );
  });
  expect.soft(unreachable, "reached by the mouse alone").toEqual([]);
}

async function open(page: Page, address: string, heading: string | RegExp): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
}

/** From now on, without the cache: how many bytes come, and the texts of scripts that were not read before. */
async function watchLoading(page: Page) {
  const scripts: { url: string; text: Promise<string> }[] = [];
  page.on("response", (response) => {
    const url = response.url();
    if (response.request().resourceType() !== "script" || readScripts.has(url)) return;
    readScripts.add(url);
    scripts.push({ url, text: response.text().catch(() => "") });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const types = new Map<string, string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (["Script", "Stylesheet", "Font"].includes(types.get(requestId) ?? "")) bytes += encodedDataLength;
  });
  return async () => {
    await session.detach();
    return { bytes, scripts: await Promise.all(scripts.map(async ({ url, text }) => ({ url, text: await text }))) };
  };
}

async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  expect.soft(await violations(page), "in light mode").toEqual([]);
  // What else axe looks at is the same in both modes.
  await page.evaluate(() => document.body.classList.add("awsui-dark-mode"));
  await settled(page);
  expect.soft(await violations(page, "color-contrast"), "in dark mode").toEqual([]);
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

/** What axe finds wrong on a page, by all its rules or some. There are no frames of other origins, so it need not open a page of its own for its report. */
async function violations(page: Page, ...rules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const found = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return found.violations.map(({ id, help, nodes }) => {
    const targets = nodes.map(({ target }) => target.join(" ")).slice(0, 3);
    return `${id}: ${help} (${targets.join("; ")})`;
  });
}
