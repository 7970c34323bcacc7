import { defineConfig } from "@playwright/test";

/**
 * Browser journeys. `npm run e2e` (scripts/e2e.ts) starts the stack they look at and hands over its addresses: BASE_URL is the production
 * server with the demo organisation as of 2026-11-20, EMPTY_BASE_URL one whose database was never synced.
 */
const baseURL = process.env.BASE_URL;
if (!baseURL) throw new Error("BASE_URL is not set: run the browser tests with `npm run e2e` (or npm test)");

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // Two cores serve browser, server and database.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Colours are measured where they end, not half-way through a transition.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.MQ_STEWARD_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
