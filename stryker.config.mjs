/**
 * `npm run mutation`: does a test notice when a rule of `src/domain` is changed? `npm run mutation -- --mutate "src/domain/gate/**"` for a part.
 */
export default {
  mutate: ["src/domain/**/*.ts"],
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: true },
  coverageAnalysis: "perTest",
  // Vite takes the types off. Stryker rewrites the file named here with an older compiler's API, so it is given none.
  tsconfigFile: "tsconfig.none.json",
  disableTypeChecks: false,
  ignorePatterns: [".*", "action", "dist", "coverage", "data", "docs/screenshots", "migrations", "src/cli", "src/store", "src/cockpit", "test/stories"],
  tempDirName: ".mutation/trees",
  incremental: true,
  incrementalFile: ".mutation/results.json",
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true, logTests: false },
  jsonReporter: { fileName: ".mutation/report.json" },
  // Endless loops are found by counting; a machine that is busy with something else is no finding.
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 30,
  concurrency: 1,
  thresholds: { high: 95, low: 90, break: 90 },
};
