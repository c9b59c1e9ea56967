import { defineConfig } from "vitest/config";

/** They put prepared answers in the place of Node's HTTP for the whole process, so each has a process of its own. */
const ALONE = ["test/adapters/**/*.test.ts"];

export default defineConfig({
  test: {
    // Real processes and a real PostgreSQL on two cores: a slow machine must not look like a defect.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: ["test/database/global-setup.ts"],
    pool: "forks",
    // One more than the cores: stories wait for PostgreSQL and for each other a third of their time.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: "alone", include: ALONE } },
      // A process for many files, because loading everything costs half a second each time.
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", ...ALONE],
          isolate: false,
        },
      },
    ],
  },
});
