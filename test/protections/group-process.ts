import { createVitest, type TestModule } from "vitest/node";
import { z } from "zod";
import type { TestRun } from "./test-run.ts";

/**
 * A process of its own that runs tests of one file again and again, as it is asked to: to start vitest takes ten times as long as
 * most of these tests. It is told what was changed since, and its parent ends it when it does not answer.
 */
const [root = "", file = ""] = process.argv.slice(2);
const question = z.object({ pattern: z.string(), changed: z.string().nullable() });

process.chdir(root);
const vitest = await createVitest("test", { root, watch: false, reporters: [{}] });
const specifications = await vitest.globTestSpecifications([file]);
/** Changed in an earlier run, and as it was again by now. */
const touched = new Set<string>();
process.on("message", (asked) => void answer(asked));
process.send?.("ready");

async function answer(asked: unknown): Promise<void> {
  const { pattern, changed } = question.parse(asked);
  if (changed !== null) touched.add(changed);
  for (const path of touched) vitest.invalidateFile(path);
  vitest.setGlobalTestNamePattern(pattern);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  const told = testModules.flatMap(errorsOf);
  const run: TestRun = {
    state: "ran",
    tests: testModules.flatMap(testsOf),
    message: [...told, ...unhandledErrors.map(describe)][0] ?? null,
  };
  process.send?.(run);
}

function testsOf(module: TestModule) {
  return [...module.children.allTests()].flatMap((test) => {
    const { state, errors = [] } = test.result();
    if (state !== "passed" && state !== "failed") return [];
    return [{ name: test.fullName, state, failures: errors.map(describe) }];
  });
}

/** Of the file itself, and of what is done before and after its tests. */
function errorsOf(module: TestModule): readonly string[] {
  return [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())].map(
    describe,
  );
}

/** What was thrown, with what it was thrown for. */
function describe(thrown: unknown): string {
  const lines: string[] = [];
  for (let error = thrown; typeof error === "object" && error !== null && lines.length < 4;) {
    const name = "name" in error ? String(error.name) : "Error";
    lines.push(`${name}: ${"message" in error ? String(error.message) : ""}`);
    error = "cause" in error ? error.cause : null;
  }
  return lines.join("\ncaused by ").slice(0, 2_000);
}
