import { defineConfig } from "vitest/config";
import { NearFirst } from "./test/mutation/near-first.ts";

/** They take seconds, or judge by the clock: whether they fail says nothing of a changed rule. */
const SLOW = [
  "test/domain/escape/rendered.test.ts",
  "test/domain/tickets/properties.test.ts",
  "test/policy/glob.test.ts",
  "test/policy/hostile-policy.test.ts",
];

/** The rules of `src/domain` alone: no database, no network, nothing that is shared. */
export default defineConfig({
  test: {
    include: ["test/domain/**/*.test.ts", "test/policy/**/*.test.ts"],
    exclude: SLOW,
    testTimeout: 60_000,
    isolate: false,
    maxWorkers: 1,
    sequence: { sequencer: NearFirst },
  },
});
