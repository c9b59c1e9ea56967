import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { decodePolicyText } from "../../src/policy/policy-text.ts";

/** As much of a piece as a policy may have in bytes, or as is given. */
function fill(piece: string, length = 65_000): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

function numbered(make: (index: number) => string, count: number): string {
  return Array.from({ length: count }, (_, index) => make(index))
    .join("")
    .slice(0, 65_000);
}

function firstProblem(text: string): string {
  const { policy, problems } = parsePolicy({ organisation: null, repository: text });
  expect(policy).toBeNull();
  const [first] = problems;
  return `${first?.line}:${first?.column} ${first?.message}`;
}

const TOO_DEEP =
  "The file is nested deeper than 24 levels here, deeper than a policy ever is; take the nesting out.";

describe("REL-69: a hostile file is refused with a sentence", () => {
  test.each([
    {
      name: "1 MB of one text",
      text: `mode: "${" ".repeat(1_000_000)}"`,
      problem: "1:1 The file has 1000008 bytes and a policy may have 65536; shorten it.",
    },
    {
      name: "1 MB of open brackets",
      text: "[".repeat(1_000_000),
      problem: "1:1 The file has 1000000 bytes and a policy may have 65536; shorten it.",
    },
    {
      name: "64 KB counted in bytes, not in characters",
      text: `mode: "${"é".repeat(40_000)}"`,
      problem: "1:1 The file has 80008 bytes and a policy may have 65536; shorten it.",
    },
    {
      name: "a bomb of references",
      text: `a: &a [x]\nb: &b [${fill("*a,", 30_000)}]`,
      problem: "1:4 Anchors (&name) are not taken in a policy; write the value out where it is needed.",
    },
    {
      name: "merge keys by the thousand",
      text: fill("<<: *a\n"),
      problem:
        "1:5 References (*name) are not taken in a policy; write the value out, or put quotes around a text that starts with *.",
    },
    { name: "deep lists in brackets", text: fill("["), problem: `1:24 ${TOO_DEEP}` },
    { name: "deep maps in brackets", text: fill("{a: "), problem: `1:93 ${TOO_DEEP}` },
    { name: "deep lists of dashes", text: fill("- "), problem: `1:47 ${TOO_DEEP}` },
    { name: "deep question marks", text: fill("? "), problem: `1:47 ${TOO_DEEP}` },
    {
      name: "deep indentation",
      text: numbered((depth) => `${" ".repeat(depth)}a:\n`, 300),
      problem: `24:24 ${TOO_DEEP}`,
    },
    {
      name: "a list of 20,000 items",
      text: `tickets: { projects: [${fill("A,", 40_000)}] }`,
      problem:
        "1:6681 The file has more than 10000 pieces (words, marks and spaces), far more than a policy needs; shorten it.",
    },
    {
      name: "duplicate keys",
      text: "mode: observe\nmode: enforce",
      problem: "2:1 “mode” is given twice, first on line 1; keep one of the two.",
    },
    {
      name: "duplicate keys in other spelling",
      text: 'mode: observe\n"\\x6dode": enforce',
      problem: "2:1 “mode” is given twice, first on line 1; keep one of the two.",
    },
    {
      name: "tags",
      text: "mode: !!js/function 'x'",
      problem:
        "1:7 Tags (!name) are not taken in a policy; remove it, or put quotes around a text that starts with !.",
    },
    {
      name: "NUL",
      text: "mode: obs\0erve",
      problem:
        "1:10 Here stands the invisible character U+0000, which would hide what the file says; remove it.",
    },
    {
      name: "NUL written as an escape",
      text: 'trunk: "ma\\0in"',
      problem: "1:8 This text contains an invisible control or direction character; remove it.",
    },
    {
      name: "characters that turn the direction around",
      text: "trunk: main # \u202Eniam",
      problem:
        "1:15 Here stands the invisible character U+202E, which would hide what the file says; remove it.",
    },
    {
      name: "UTF-16 read as text",
      text: "m\0o\0d\0e\0",
      problem: "1:1 The file is UTF-16 text; save it as UTF-8.",
    },
    {
      name: "bytes that are no UTF-8, replaced by the reader",
      text: "trunk: caf\uFFFD",
      problem: "1:11 The file is not UTF-8 text; save it as UTF-8.",
    },
  ])("$name", ({ text, problem }) => {
    expect(firstProblem(text)).toBe(problem);
  });
});

describe("REL-69: bytes", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test("a UTF-8 start mark is taken off", () => {
    expect(decodePolicyText(bytes("\uFEFFmode: observe"))).toEqual({ ok: true, text: "mode: observe" });
  });

  test.each([
    ["UTF-16 with a start mark, little end first", [0xff, 0xfe, 0x6d, 0], "is UTF-16"],
    ["UTF-16 with a start mark, big end first", [0xfe, 0xff, 0, 0x6d], "is UTF-16"],
    ["UTF-16 without a start mark", [0x6d, 0, 0x6f, 0], "is UTF-16"],
    ["Latin-1", [0x63, 0x61, 0x66, 0xe9], "is not UTF-8"],
    ["half a character", [0x63, 0xc3], "is not UTF-8"],
    ["a surrogate", [0xed, 0xa0, 0x80], "is not UTF-8"],
  ])("%s is refused by name", (_name, given, words) => {
    expect(decodePolicyText(Uint8Array.from(given))).toEqual({
      ok: false,
      problem: {
        line: 1,
        column: 1,
        path: "",
        message: `The file ${words} text; save it as UTF-8.`,
      },
    });
  });

  test("the largest policy is read, one byte more is not", () => {
    const largest = bytes(`# ${"x".repeat(65_534)}`);
    const decoded = decodePolicyText(largest);
    expect(decoded.ok && parsePolicy({ organisation: null, repository: decoded.text }).problems).toEqual([]);
    expect(firstProblem(`# ${"x".repeat(65_535)}`)).toBe(
      "1:1 The file has 65537 bytes and a policy may have 65536; shorten it.",
    );
  });
});

describe("REL-69: JavaScript's own names are keys like any other", () => {
  /** What every object would have if a key had reached the common prototype. */
  const pollution = (): readonly unknown[] => [
    Object.keys(Object.prototype),
    Reflect.get({}, "polluted"),
    Reflect.get({}, "mode"),
    Reflect.get(Object, "prototype") === Object.prototype,
  ];
  const none = [[], undefined, undefined, true];

  test.each([
    ["__proto__: { polluted: 1, mode: observe }", "1:1 “__proto__” is no key of a policy; remove it."],
    ['"__proto__": 1', "1:1 “__proto__” is no key of a policy; remove it."],
    [
      "deploy: { environments: { __proto__: { base: { branch: a } } } }",
      "1:27 “__proto__” is no key of a policy; remove it.",
    ],
    [
      "notify: { slack: { channel: '#d', people: { __proto__: U012AB3CD } } }",
      "1:45 “__proto__” is no key of a policy; remove it.",
    ],
    [
      "gate: { constructor: { prototype: { polluted: 1 } } }",
      "1:9 “constructor” is no key here; known is max_wait.",
    ],
    ["gate: { toString: 1 }", "1:9 “toString” is no key here; known is max_wait."],
    ["gate: { hasOwnProperty: 1 }", "1:9 “hasOwnProperty” is no key here; known is max_wait."],
  ])("%s", (text, problem) => {
    expect(firstProblem(text)).toBe(problem);
    expect(pollution()).toEqual(none);
  });

  test("merging two files changes no prototype either", () => {
    const text = "__proto__: { polluted: 1 }\ndeploy: { __proto__: { mode: 1 } }";
    const { problems, organisationProblems } = parsePolicy({ organisation: text, repository: text });
    expect([problems.length, organisationProblems.length]).toEqual([2, 2]);
    expect(pollution()).toEqual(none);
  });
});

const SLOW: Readonly<Record<string, string>> = {
  keys: numbered((index) => `${index.toString(36)}:\n`, 13_000),
  "keys, as many as are read": numbered((index) => `${index.toString(36)}:\n`, 2_450),
  "unknown keys, as many as are read": numbered((index) => `deplo${index}: 1\n`, 1_950),
  "keys in brackets": `{${numbered((index) => `${index.toString(36)}: 1,`, 2_450)}}`,
  "keys without values on one line": `{${numbered((index) => `${index.toString(36)}${" ".repeat(20)}: ,`, 1_950)}}`,
  "the same key": numbered(() => "mode: observe\n", 1_950),
  "empty environments": `deploy:\n  environments:\n${numbered((index) => `    e${index}:\n`, 1_950)}`,
  "wrong environments": `deploy:\n  environments:\n${numbered((index) => `    e${index}: {base: {branch: 1}}\n`, 500)}`,
  dashes: numbered(() => "-\n", 4_950),
  commas: `[${fill(",", 9_900)}`,
  "commas in a map": `{${fill(",", 9_900)}`,
  "closing brackets": fill("]"),
  quotes: fill('"'),
  "quoted texts side by side": fill('"" ', 17_000),
  "wrong escapes": `a: "${fill("\\q")}"`,
  "texts with wrong escapes": numbered(() => '- "\\q"\n', 2_450),
  "spaces in quotes": `a: '${fill(" ")}\n x'`,
  "spaces and tabs in quotes": `a: '${fill(" \t")}\n x'`,
  "lines in quotes": `a: '${fill(" x\n ")}'`,
  "empty lines in a block": `a: |\n${fill("\n")} x`,
  "empty lines in a folded block": `a: >\n${fill("  \n")} x`,
  comments: numbered(() => "#\n", 9_900),
  "one long comment": fill("#"),
  documents: fill("---\n"),
  directives: fill("%Y\n"),
  anchors: numbered((index) => `a${index}: &a${index} 1\n`, 5_000),
  projects: `tickets: { projects: [${numbered((index) => `a${index},`, 4_900)}] }`,
  logins: `tickets: { exempt: { authors: [${numbered((index) => `a${index}!,`, 4_900)}] } }`,
  statuses: `tickets: { statuses: [${numbered(() => "[],", 3_250)}] }`,
  selectors: `required_checks: [${numbered(() => "{},", 3_250)}]`,
  "deferred checks": `deferred: {checks: [${numbered((index) => `{name: a, match: {status: a}, environments: [x${index % 9}, y]},`, 290)}]}`,
  people: `notify: {slack: {channel: C012AB3CD, people: {${numbered((index) => `a${index}: U012AB3CD,`, 1_900)}}}}`,
  "a branch of slashes": `trunk: ${fill("a/")}`,
  "a branch of dots": `trunk: ${fill(".")}`,
  "a long key": `${fill("k")}: 1`,
  "a long choice": `mode: ${fill("v")}`,
  "a text over many lines": `trunk: ${fill("b\n  ")}`,
  "half surrogates": fill("\uD800", 20_000),
  "1 MB of brackets": "[".repeat(1_000_000),
  "1 MB of blanks": `mode: "${" ".repeat(1_000_000)}"`,
  "1 MB of letters of two bytes": "é".repeat(500_000),
};

/**
 * Milliseconds that the thread computes, so that what else runs on the machine does not count; the median,
 * so that neither the first compilation nor a collection of other tests' garbage does.
 */
function timeToParse(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = process.threadCpuUsage();
    parsePolicy({ organisation: null, repository: text });
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1_000;
  });
  // The least: what else the machine does at the time only adds.
  return Math.min(...times);
}

describe("REL-69: no file blocks the event loop for 50 ms", () => {
  test.each(Object.entries(SLOW))("%s", (_name, text) => {
    expect(timeToParse(text)).toBeLessThan(50);
  });

  test("stack traces are captured again after a hostile file", () => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 7;
    const problem = firstProblem("[,,]");
    const after = Error.stackTraceLimit;
    Error.stackTraceLimit = before;
    expect(problem).toMatch(/^1:3 This cannot stand here/);
    expect(after).toBe(7);
  });

  test("a policy with a hundred deferred checks and fifty environments is still read", () => {
    const environments = numbered((index) => `    e${index}: { base: { deployment: e${index} } }\n`, 50);
    const checks = numbered(
      (index) =>
        `    - name: Integration ${index}\n      match: { workflow: "integration.yml", job: "shard ${index} *" }\n      grace: 48h\n      environments: [e1, e2, e3]\n      events: [push, schedule]\n      owners: ["@acme/server"]\n`,
      100,
    );
    const text = `deploy:\n  environments:\n${environments}deferred:\n  checks:\n${checks}`;
    expect(parsePolicy({ organisation: null, repository: text }).problems).toEqual([]);
    expect(timeToParse(text)).toBeLessThan(50);
  });
});

describe("REL-67: a policy cannot reach outside of itself", () => {
  test.each(["include", "extends", "import", "remote", "_extends"])("%s is no key", (key) => {
    expect(firstProblem(`${key}: acme/other:policy.yml@branch`)).toMatch(
      new RegExp(`^1:1 “${key}” is no key here; `),
    );
  });

  test("an alias to another file, a symbolic link's text, is no policy", () => {
    expect(firstProblem("../other/holdpoint.yml")).toBe(
      "1:1 A policy is a map of keys such as mode and deploy; start with one of them, at the beginning of a line.",
    );
  });
});

describe("REL-68: an invalid policy is no policy, whatever part of it is right", () => {
  test("one wrong value anywhere leaves none", () => {
    const parsed = parsePolicy({
      organisation: null,
      repository: "mode: enforce\ntrunk: main\ngate: { max_wait: 5 }",
    });
    expect([parsed.policy, parsed.problems.map(({ line }) => line)]).toEqual([null, [3]]);
  });
});

describe("REL-71: no address from a policy is taken, and none is repeated", () => {
  const addresses = [
    "http://169.254.169.254/latest/meta-data",
    "http://localhost:8080",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "file:///etc/passwd",
    "https://user:hunter2@jira.example.com",
  ];
  const places: readonly ((address: string) => string)[] = [
    (address) => `jira: { url: "${address}" }`,
    (address) => `notify: { slack: { channel: "${address}" } }`,
    (address) => `notify: { slack: { channel: "#d", webhook: "${address}" } }`,
    (address) => `notify: { webhook: "${address}" }`,
    (address) => `notify: "${address}"`,
    (address) => `trunk: "${address}"`,
    (address) => `mode: "${address}"`,
    (address) => `required_checks: [{ workflow: "${address}" }]`,
    (address) => `"${address}": 1`,
    (address) => `deferred: { checks: [{ name: a, match: { status: a }, owners: ["${address}"] }] }`,
    (address) => `tickets: { projects: ["${address}", "${address}"] }`,
    (address) => `override: { allow: { teams: ["@${address}"] } }`,
  ];
  test.each(addresses)("%s", (address) => {
    for (const place of places) {
      const { policy, problems } = parsePolicy({ organisation: null, repository: place(address) });
      expect(policy).toBeNull();
      expect(JSON.stringify(problems.map(({ message }) => message))).not.toMatch(
        /169\.254|localhost|127\.0|2130706433|passwd|hunter2|example\.com/,
      );
    }
  });
});
