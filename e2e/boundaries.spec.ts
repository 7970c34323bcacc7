import { request as httpRequest } from "node:http";
import { expect, test } from "./fixtures/journey";

test("a foreign host name gets 421, whatever it asks for", async ({ baseURL }) => {
  for (const path of ["/", "/api/v1/brokers", "/api/v1/health"]) {
    expect(await statusWith(baseURL ?? "", "GET", path, { host: "evil.example" })).toBe(421);
  }
});

test("a foreign page cannot start a sync", async ({ baseURL }) => {
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect(await statusWith(baseURL ?? "", "POST", "/api/v1/syncs", foreign)).toBe(403);
});

test("every page carries its request id and a policy with a nonce of its own", async ({ request }) => {
  const [first, second] = [await request.get("/"), await request.get("/")];
  const policies = [first, second].map((response) => response.headers()["content-security-policy"] ?? "");
  expect(policies[0]).toMatch(/script-src 'nonce-[A-Za-z0-9+/=]+' 'strict-dynamic'/);
  expect(policies[0]).not.toBe(policies[1]);
  expect(first.headers()["x-request-id"]).toBeTruthy();
  expect(first.headers()["x-powered-by"]).toBeUndefined();
});

test("an answer that fails names its request", async ({ page }) => {
  await page.route("**/api/v1/brokers?*", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      headers: { "x-request-id": "test-request-1" },
      body: JSON.stringify({
        type: "about:blank",
        title: "Temporarily unavailable",
        status: 503,
        code: "unavailable",
        detail: "The database does not answer.",
        requestId: "test-request-1",
      }),
    }),
  );
  await page.goto("/brokers");
  await page.getByRole("combobox", { name: "Filter brokers" }).fill("orders");
  await page.getByRole("combobox", { name: "Filter brokers" }).press("Enter");
  await expect(page.getByText("Request id: test-request-1")).toBeVisible({ timeout: 30_000 });
  await page.unroute("**/api/v1/brokers?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Request id: test-request-1")).toBeHidden();
});

for (const [what, path, back] of [
  ["broker", "/brokers/b-does-not-exist", /^Brokers/],
  ["finding", "/findings/999999999", /^Findings/],
  ["sync", "/syncs/not-a-number", "Syncs"],
] as const) {
  test(`the address of a ${what} that never was answers 404, says so, and leads back to the list`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: `There is no such ${what}` })).toBeVisible();
    await page.getByRole("link", { name: `To the ${what}s` }).click();
    await expect(page.getByRole("heading", { level: 1, name: back })).toBeVisible();
  });
}

test("the address of a page that never was answers 404 and says so", async ({ page }) => {
  const response = await page.goto("/no-such-page");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page" })).toBeVisible();
});

/** Node's own client: browsers and Playwright do not let a test choose Host. */
function statusWith(base: string, method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(new URL(path, base), { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end();
  });
}
