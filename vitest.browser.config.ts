import { defineConfig } from "vitest/config";

/** `npm run test:browser`: a whole Holdpoint, looked at with a real browser. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.test.ts"],
    // A browser, a PostgreSQL, a GitHub and a Jira share two cores.
    testTimeout: 90_000,
    hookTimeout: 300_000,
    globalSetup: ["test/browser/require-chromium.ts"],
    pool: "forks",
    maxWorkers: 2,
  },
});
