import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/journey";
import { everyPage } from "./fixtures/pages";

/** Scripts, styles and fonts of one page, as they travel. */
const LIMIT_BYTES = 900_000;

/** What only the server may know. */
const FORBIDDEN = ["PrismaClient", "graphile", "DescribeBrokerCommand", "AWS4-HMAC-SHA256", "SELECT b.id"];

test("no page takes more than 900 kB of compressed scripts, styles and fonts, and none of it is server code", async ({
  page,
  api,
}) => {
  test.setTimeout(180_000);
  const heaviest = { name: "", bytes: 0 };
  const scripts = new Map<string, Promise<string>>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      scripts.set(
        response.url(),
        response.text().catch(() => ""),
      );
  });
  for (const { name, path } of await everyPage(api)) {
    const bytes = await weightOf(page, path);
    expect.soft(bytes, `${name}: bytes of scripts, styles and fonts`).toBeLessThanOrEqual(LIMIT_BYTES);
    if (bytes > heaviest.bytes) Object.assign(heaviest, { name, bytes });
  }
  expect(heaviest.bytes, "something was measured").toBeGreaterThan(100_000);
  console.log(`heaviest page: ${heaviest.name}, ${Math.round(heaviest.bytes / 1000)} kB of scripts, styles and fonts`);

  const texts = await Promise.all([...scripts].map(async ([url, text]) => ({ url, text: await text })));
  expect(texts.filter(({ text }) => text.length > 1000).length, "scripts were read").toBeGreaterThan(3);
  for (const { url, text } of texts)
    for (const forbidden of FORBIDDEN) expect(text.includes(forbidden), `${forbidden} in ${url}`).toBe(false);
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
