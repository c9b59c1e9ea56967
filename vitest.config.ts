import { defineConfig } from "vitest/config";

/** They put prepared answers in the place of Node's HTTP for the whole process, so they have processes of their own. */
const PREPARED = ["test/adapters/github/**/*.test.ts", "test/adapters/jira/!(network).test.ts"];

export default defineConfig({
  test: {
    // Real processes and a real PostgreSQL on two cores: a slow machine must not look like a defect.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: "forks",
    // A process for many files, because loading everything costs half a second each time.
    isolate: false,
    // One more than the cores: stories wait for PostgreSQL and for each other a third of their time.
    maxWorkers: 3,
    // `npm run coverage`. What runs in processes of its own (the command line, the demo, replicas) is not counted.
    coverage: {
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "json-summary", "json"],
      thresholds: { statements: 95, branches: 90, "src/domain/**/*.ts": { branches: 100 } },
    },
    projects: [
      { extends: true, test: { name: "prepared answers", include: PREPARED } },
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", ...PREPARED],
          globalSetup: ["test/database/global-setup.ts"],
        },
      },
    ],
  },
});
