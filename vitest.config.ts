import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real processes and a real PostgreSQL on two cores: a slow machine must not look like a defect.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: ["test/database/global-setup.ts"],
    pool: "forks",
    // One more than the cores: stories wait for PostgreSQL and for each other a third of their time.
    maxWorkers: 3,
  },
});
