import { defineConfig } from "@playwright/test";
import { SIGNED_IN } from "./e2e/fixtures/signed-in";

/**
 * Browser journeys. `npm run e2e` (scripts/e2e.ts) starts the stack they look at and hands over its addresses: BASE_URL is the production
 * server with the demo organisation as of 2026-11-20, EMPTY_BASE_URL one whose database was never set up nor synced.
 */
const baseURL = process.env.BASE_URL;
if (!baseURL) throw new Error("BASE_URL is not set: run the browser tests with `npm run e2e` (or npm test)");

const EVERY_PAGE = "every-page.spec.ts";
const STORIES = "stories.spec.ts";

export default defineConfig({
  testDir: "e2e",
  // Every journey begins signed in as the administrator of both servers; the journeys to that state are the first ones.
  projects: [
    { name: "sign-in", testMatch: "*.setup.ts" },
    // What people do changes what others see, so the journeys go one after the other; beside them every page is looked at.
    {
      name: "journeys",
      testMatch: "*.spec.ts",
      testIgnore: [EVERY_PAGE, STORIES],
      dependencies: ["sign-in"],
      workers: 1,
      use: { storageState: SIGNED_IN },
    },
    // They move AWS and time on, so everything else must be over.
    {
      name: "stories",
      testMatch: STORIES,
      dependencies: ["journeys", "pages"],
      workers: 1,
      use: { storageState: SIGNED_IN },
    },
    {
      name: "pages",
      testMatch: EVERY_PAGE,
      fullyParallel: true,
      dependencies: ["sign-in"],
      use: { storageState: SIGNED_IN },
    },
  ],
  outputDir: "test-results",
  // Two cores serve browser, server and database.
  workers: 2,
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
