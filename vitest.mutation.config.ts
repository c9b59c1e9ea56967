import { defineConfig } from "vitest/config";
import { NearFirst } from "./test/mutation/near-first.ts";

/**
 * They draw at random, take seconds, or judge by the clock: each would run for every mutant that tables do not notice, and what they
 * notice beyond the tables is not counted. So a score is what it is at least.
 */
const LONG = [
  "test/domain/**/*properties.test.ts",
  "test/domain/**/*-hostile.test.ts",
  "test/domain/**/*-speed.test.ts",
  "test/domain/compliance/case-histories.test.ts",
  "test/domain/escape/rendered.test.ts",
  "test/policy/glob.test.ts",
  "test/policy/hostile-policy.test.ts",
];

/** The rules of `src/domain` alone: no database, no network, nothing that is shared. */
export default defineConfig({
  test: {
    include: ["test/domain/**/*.test.ts", "test/policy/**/*.test.ts"],
    exclude: LONG,
    testTimeout: 60_000,
    isolate: false,
    maxWorkers: 1,
    sequence: { sequencer: NearFirst },
  },
});
