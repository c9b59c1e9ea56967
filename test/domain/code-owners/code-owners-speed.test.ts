import { describe, expect, test } from "vitest";
import { searchOwners } from "../../../src/domain/code-owners/search-owners.ts";

/** GitHub takes files of 3 MB. */
const LARGEST = 3_000_000;

function fill(piece: string): string {
  return piece.repeat(Math.ceil(LARGEST / piece.length)).slice(0, LARGEST);
}

const LONG_PATHS = Array.from({ length: 300 }, (_, index) => `${`${"a".repeat(200)}/`.repeat(15)}${index}`);
const DEEP_PATHS = Array.from({ length: 300 }, (_, index) => `${"a/".repeat(2_000)}${index}`);

describe("no file blocks the event loop for 50 ms", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["short lines", fill("a @b\n"), LONG_PATHS],
    ["empty lines", fill("\n"), LONG_PATHS],
    ["stars that almost fit", fill("*a*a*a*a*a*b @o\n"), LONG_PATHS],
    ["folders that almost fit", fill("/**/a/**/b/**/c @o\n"), DEEP_PATHS],
    ["one pattern of letters", `${fill("*a").slice(0, 60_000)}b @o`, LONG_PATHS],
    ["one pattern of stars", `${fill("*").slice(0, 60_000)}b @o`, LONG_PATHS],
    ["one pattern of folders", `${fill("**/").slice(0, 60_000)}b @o`, DEEP_PATHS],
    ["one pattern of folders that fit", `**/${"a/".repeat(1_000)}b @o`, DEEP_PATHS],
    ["long lines of owners", fill(`* ${"@a ".repeat(20_000)}\n`), LONG_PATHS],
    ["one line of words", fill("a "), LONG_PATHS],
    ["one owner", `* @${fill("a-")}`, LONG_PATHS],
  ])("%s", (_name, file, paths) => {
    const search = searchOwners(file, paths);
    const steps: number[] = [];
    for (;;) {
      const since = process.threadCpuUsage();
      const step = search.next();
      const { user, system } = process.threadCpuUsage(since);
      steps.push((user + system) / 1_000);
      if (step.done === true) break;
    }
    // The second longest: one step may have met a collection of other tests' garbage.
    expect(steps.toSorted((one, other) => other - one).at(Math.min(1, steps.length - 1))).toBeLessThan(50);
  });
});
