import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileGlob } from "../../src/policy/glob.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

describe("a pattern", () => {
  test.each([
    ["build", "build", true],
    ["build", "Build", false],
    ["build", "build 1", false],
    ["build *", "build 1", true],
    ["build *", "build ", true],
    ["build *", "build", false],
    ["*", "", true],
    ["*", "a/b c", true],
    ["ci/*", "ci/linux/arm", true],
    ["**", "a/b", true],
    ["a**b", "ab", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["*unit*", "the unit tests", true],
    ["*unit*", "the tests", false],
    ["a*b*c", "a-b-c", true],
    ["a*b*c", "a-c-b", false],
    ["a*bc*bc", "abc", false],
    ["a*bc*bc", "abcbc", true],
    ["*ab", "aab", true],
    ["unit (linux)", "unit (linux)", true],
    ["unit (*)", "unit (linux, 22)", true],
    ["unit [ab]", "unit a", false],
    ["unit [ab]", "unit [ab]", true],
    ["{a,b}", "a", false],
    ["{a,b}", "{a,b}", true],
    ["a?c", "abc", false],
    ["a?c", "a?c", true],
    ["a.c", "abc", false],
    ["a\\*", "a\\b", true],
    ["!a", "b", false],
    ["^a$", "a", false],
    ["ü*", "über", true],
  ])("%s against %s: %s", (pattern, name, expected) => {
    expect(compileGlob(pattern).matches(name)).toBe(expected);
  });

  test("says how it was written", () => {
    expect(compileGlob("unit *").pattern).toBe("unit *");
  });

  test("matches exactly what trying every way would match", () => {
    const matchesSlowly = (pattern: string, name: string): boolean => {
      if (pattern === "") return name === "";
      if (pattern.startsWith("*")) {
        return (
          matchesSlowly(pattern.slice(1), name) || (name !== "" && matchesSlowly(pattern, name.slice(1)))
        );
      }
      return pattern[0] === name[0] && matchesSlowly(pattern.slice(1), name.slice(1));
    };
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "/"), maxLength: 7 });
    const name = fc.string({ unit: fc.constantFrom("a", "b", "/", "*"), maxLength: 9 });
    fc.assert(
      fc.property(pattern, name, (pattern, name) => {
        expect(compileGlob(pattern).matches(name)).toBe(matchesSlowly(pattern, name));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("REL-70: a pattern never takes long", () => {
  test.each([
    ["(a+)+$", `${"a".repeat(100_000)}!`],
    ["(?<=a)b", "ab"],
    ["(a)\\1", "aa"],
    ["a{1,100000}", "a".repeat(100_000)],
    ["[[:alpha:]", "a"],
  ])("%s is literal text, not a regular expression", (pattern, name) => {
    const matcher = compileGlob(pattern);
    expect([matcher.matches(name), matcher.matches(pattern)]).toEqual([false, true]);
  });

  test.each([
    ["stars and letters", "a*".repeat(100), "a".repeat(100_000)],
    ["a piece that almost fits everywhere", `*${"a".repeat(197)}b*`, "a".repeat(100_000)],
    ["a piece that fits late", `*b${"a".repeat(197)}*`, "a".repeat(100_000)],
    ["pieces that cover each other", "*ab".repeat(66), "ab".repeat(50_000)],
    ["nothing but stars", "*".repeat(200), "a".repeat(100_000)],
  ])("%s: a name of 100,000 characters is judged within 50 ms", (_name, pattern, name) => {
    const matcher = compileGlob(pattern);
    const times = Array.from({ length: 4 }, () => {
      const start = performance.now();
      matcher.matches(name);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test("a pattern of 10 KB is refused when the policy is read", () => {
    const text = `required_checks: [{ status: "${"(a+)+".repeat(2_000)}" }]`;
    expect(parsePolicy({ organisation: null, repository: text }).problems).toEqual([
      {
        line: 1,
        column: 29,
        path: "required_checks[0].status",
        message: "This text has 10000 characters and may have 200; shorten it.",
      },
    ]);
  });
});
