import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findMistake } from "./find-mistake.ts";

const OPTIONS = { seed: { type: "string" }, only: { type: "string" }, report: { type: "boolean" } } as const;

describe("what was asked for on a command line", () => {
  test.each([[[]], [["--seed", "7", "--report"]], [["--seed=7"]], [["--only=-x"]]])(
    "%j can be meant",
    (given) => {
      expect(findMistake(given, OPTIONS)).toBeNull();
    },
  );

  test.each([
    [["--sed", "7"], "There is no option --sed; there are --seed, --only, --report."],
    [["--toString"], "There is no option --toString; there are --seed, --only, --report."],
    [["seed"], '"seed" is no option: those begin with "--".'],
    [["--seed"], "--seed takes a value."],
    [["--seed", "-1"], '--seed takes a value, and "-1" is none.'],
    [["--seed", "--report"], '--seed takes a value, and "--report" is none.'],
    [["--report=yes"], "--report takes no value."],
  ])("%j cannot: %s", (given, sentence) => {
    expect(findMistake(given, OPTIONS)).toBe(sentence);
  });
});

/** The two that start at once; the others read their options by the same function. */
describe("a command of the proof that is asked for what cannot be meant says so in one line, and ends with 2", () => {
  test.each([
    ["simulate/simulate-long.ts", "--minutes=x", '--minutes takes a number above 0, and "x" is none.\n'],
    ["protections/protections.ts", "--row=REL-999", "--row: there is no row REL-999.\n"],
  ])("%s %s", { timeout: 60_000 }, (script, given, sentence) => {
    const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
    const run = spawnSync(process.execPath, [path, given], { encoding: "utf8" });
    expect({ status: run.status, said: run.stderr, printed: run.stdout }).toEqual({
      status: 2,
      said: sentence,
      printed: "",
    });
  });
});
