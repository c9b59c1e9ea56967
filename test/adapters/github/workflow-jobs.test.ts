import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { mayBeSkippedAfterFailure, workflowJobs } from "../../../src/adapters/github/workflow-jobs.ts";

const JOBS = workflowJobs(
  parse(`
on: push
jobs:
  lint: { runs-on: x, steps: [] }
  build:
    name: Build
    strategy: { matrix: { node: [20, 22] } }
  test:
    name: "Test on \${{ matrix.os }} / \${{ matrix.node }}"
    needs: build
  deploy:
    needs: [test]
    uses: ./.github/workflows/deploy.yml
  announce: { needs: [deploy] }
`),
);

describe("whether a skipped job was skipped for a failure", () => {
  test.each<[string, string, readonly string[], boolean]>([
    ["a job it needs failed", "deploy / ship", ["Test on linux / 20"], true],
    ["a job that one it needs needs failed", "announce", ["Build (20)"], true],
    ["a matrix job that it needs failed", "Test on linux / 20", ["Build (22)"], true],
    ["a job of a workflow that it calls failed", "announce", ["deploy / ship"], true],
    ["a job that it does not need failed", "Test on linux / 20", ["lint"], false],
    ["only one of two that failed is needed", "Test on linux / 20", ["lint", "Build (20)"], true],
    ["one that needs it failed", "lint", ["announce"], false],
    ["nothing is known of the failed one", "lint", ["mystery"], true],
    ["nothing is known of the skipped one", "mystery", ["lint"], true],
  ])("%s", (_what, skipped, failed, expected) => {
    expect(mayBeSkippedAfterFailure(skipped, failed, JOBS)).toBe(expected);
  });

  test("without a file it may have been", () => {
    expect(mayBeSkippedAfterFailure("lint", ["test"], [])).toBe(true);
  });

  test("a name is no longer pattern than it says: the job Build is not BuildX", () => {
    expect(mayBeSkippedAfterFailure("BuildX", ["lint"], JOBS)).toBe(true);
    expect(mayBeSkippedAfterFailure("Build", ["lint"], JOBS)).toBe(false);
  });
});

test.each([[null], ["text"], [[]], [{ jobs: [] }], [{ jobs: { a: null, b: 1 } }]])(
  "%j is no workflow and has no jobs",
  (parsed) => {
    expect(workflowJobs(parsed)).toEqual([]);
  },
);

test("jobs that need each other in a circle come to an end", () => {
  const jobs = workflowJobs({ jobs: { a: { needs: "b" }, b: { needs: ["a"] }, c: {} } });
  expect(mayBeSkippedAfterFailure("a", ["b"], jobs)).toBe(true);
  expect(mayBeSkippedAfterFailure("a", ["c"], jobs)).toBe(false);
});

test("hostile expressions and names of any length are matched in a blink", () => {
  const name = "${{".repeat(20_000) + "a".repeat(20_000);
  const jobs = workflowJobs({ jobs: { a: { name }, b: { name: `x${"${{ y }}a".repeat(5_000)}` } } });
  const started = performance.now();
  mayBeSkippedAfterFailure("a".repeat(100_000), ["x" + "a".repeat(100_000)], jobs);
  expect(performance.now() - started).toBeLessThan(200);
});
