import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/journey";
import { everyPage } from "./fixtures/pages";

/** Scripts, styles and fonts of one page, as they travel. */
const LIMIT_BYTES = 900_000;

test("no page takes more than 900 kB of compressed scripts, styles and fonts", async ({ page, api }) => {
  test.setTimeout(180_000);
  const heaviest = { name: "", bytes: 0 };
  for (const { name, path } of await everyPage(api)) {
    const bytes = await weightOf(page, path);
    expect.soft(bytes, `${name}: bytes of scripts, styles and fonts`).toBeLessThanOrEqual(LIMIT_BYTES);
    if (bytes > heaviest.bytes) Object.assign(heaviest, { name, bytes });
  }
  expect(heaviest.bytes, "something was measured").toBeGreaterThan(100_000);
  console.log(`heaviest page: ${heaviest.name}, ${Math.round(heaviest.bytes / 1000)} kB of scripts, styles and fonts`);
});

test("the browser gets no database and no AWS code", async ({ page, api }) => {
  test.setTimeout(180_000);
  const scripts = new Map<string, string>();
  page.on("response", async (response) => {
    if (response.request().resourceType() === "script")
      scripts.set(response.url(), await response.text().catch(() => ""));
  });
  for (const { path } of await everyPage(api)) await page.goto(path, { waitUntil: "networkidle" });
  expect(scripts.size).toBeGreaterThan(3);
  for (const [url, text] of scripts) {
    for (const forbidden of ["PrismaClient", "graphile", "DescribeBrokerCommand", "AWS4-HMAC-SHA256", "SELECT b.id"]) {
      expect(text.includes(forbidden), `${forbidden} in ${url}`).toBe(false);
    }
  }
});

async function weightOf(page: Page, path: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const types = new Map<string, string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (["Script", "Stylesheet", "Font"].includes(types.get(requestId) ?? "")) bytes += encodedDataLength;
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await session.detach();
  return bytes;
}
