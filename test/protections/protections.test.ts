import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { PROTECTIONS } from "./catalogue/index.ts";
import { judgeRun } from "./judge-run.ts";
import { type TestRun, readRun } from "./test-run.ts";
import { ROWS } from "./rows.ts";
import { findStale } from "./stale.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("the protections that are switched off to see their tests fail", () => {
  test("can be switched off as they are written: each text stands in its file, once", () => {
    expect(PROTECTIONS.map((entry) => findStale(ROOT, entry)).filter((why) => why !== null)).toEqual([]);
  });

  test("are of every row of the catalogue, and of no other", () => {
    const covered = new Set(PROTECTIONS.flatMap(({ rows }) => rows));
    expect([...covered].sort()).toEqual(Object.keys(ROWS));
  });

  test("are described once each", () => {
    const described = PROTECTIONS.map(({ off }) => off);
    expect(described.filter((off, index) => described.indexOf(off) !== index)).toEqual([]);
  });
});

function ranWith(failure: string | null): TestRun {
  const test =
    failure === null ? { state: "passed", failures: [] } : { state: "failed", failures: [failure] };
  return readRun({ state: "ran", tests: [{ name: "a > b", ...test }], message: null });
}

describe("whether a test noticed", () => {
  const NOTICED = { state: "noticed", by: "a > b" };

  test.each([
    ["an assertion", "AssertionError: expected 1 to be 2", undefined, NOTICED],
    ["a property", "Error: Property failed after 1 tests\ncaused by AssertionError: x", undefined, NOTICED],
    ["a fault that was to come", "Error: no fault was thrown", undefined, NOTICED],
    ["a promise that was to fail", 'Error: promise resolved "1" instead of rejecting', undefined, NOTICED],
    ["waiting in vain, where that is expected", "Error: Test timed out in 20000ms.", "never-comes", NOTICED],
    ["a refusal that is named", "Fault: database-conflict while x", { saying: "database-conflict" }, NOTICED],
    ["nothing that fails", null, undefined, { state: "survived" }],
    [
      "waiting in vain",
      "Error: Test timed out",
      undefined,
      { state: "broken", why: "Error: Test timed out" },
    ],
    [
      "a name that is not there",
      "ReferenceError: x",
      { saying: "x" },
      { state: "broken", why: "ReferenceError: x" },
    ],
    ["an error of its own", "TypeError: x\n at y", undefined, { state: "broken", why: "TypeError: x" }],
  ] as const)("by %s", (_, failure, fails, notice) => {
    expect(judgeRun(ranWith(failure), fails)).toEqual(notice);
  });

  test("a file that cannot be read has no tests", () => {
    const unread = readRun({ state: "ran", tests: [], message: "Error: Transform failed" });
    expect(judgeRun(unread, undefined)).toEqual({ state: "broken", why: "Error: Transform failed" });
    expect(judgeRun(readRun("gone"), undefined).state).toBe("broken");
  });

  test("one that never ends is noticed where that is expected alone", () => {
    const late = { state: "out-of-time" } as const;
    expect(judgeRun(late, "never-comes").state).toBe("noticed");
    expect(judgeRun(late, undefined).state).toBe("broken");
  });
});
