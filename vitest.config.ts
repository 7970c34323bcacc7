import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Unit, database and simulator tests; browser journeys live in e2e/*.spec.ts and run under Playwright. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    include: [
      "lib/**/*.test.ts",
      "components/**/*.test.ts",
      "app/**/*.test.ts",
      "e2e/**/*.test.ts",
      "scripts/**/*.test.ts",
    ],
    environment: "node",
    env: { MQ_STEWARD_REPORT_RENDERER: "source" },
    setupFiles: ["lib/testing/seeded-randomness.ts"],
    pool: "forks",
    // Files share their process, as requests share the server's: loading the same modules for each of them took half of the time.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: "lib/testing/database-global-setup.ts",
  },
});
