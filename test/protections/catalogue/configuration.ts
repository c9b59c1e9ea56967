import type { Protection } from "../protection.ts";

/** REL-67 to REL-71: the policy, its patterns, and addresses. */
export const CONFIGURATION_PROTECTIONS: readonly Protection[] = [
  {
    rows: ["REL-67"],
    off: "a symbolic link in the place of the policy is no policy at all",
    file: "src/adapters/github/outline.ts",
    text: 'if (integer(entry, "mode") === SYMLINK) return noFile("a symbolic link");',
    instead: 'if (integer(entry, "mode") === SYMLINK) return { state: "missing", detail: "" };',
    test: { file: "test/adapters/github/outline.test.ts", name: "REL-67" },
  },
  {
    rows: ["REL-67"],
    off: "a policy may name keys that there are not",
    file: "src/policy/schema-parts.ts",
    text: "return z.strictObject(shape, { error: wantedOr(wanted, missing) });",
    instead: "return z.object(shape, { error: wantedOr(wanted, missing) });",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-67: a policy cannot reach outside of itself",
    },
  },
  {
    rows: ["REL-68"],
    off: "a policy that cannot be read is no policy",
    file: "src/snapshot/read-policy.ts",
    text: `  if (policyFile.state === "unknown") {
    const kept`,
    instead: `  if (policyFile.state === "unknown") return { state: { state: "none" }, memory: { kind: "forget" } };
  if (policyFile.state === "unknown") {
    const kept`,
    test: { file: "test/snapshot/read-policy.test.ts", name: "REL-68: which policy is in force" },
  },
  {
    rows: ["REL-68"],
    off: "an invalid policy ends the last good one",
    file: "src/snapshot/read-policy.ts",
    text: '? fallBack(stored, "invalid", problems, ownFile, options)',
    instead: '? fallBack(null, "invalid", problems, ownFile, options)',
    test: { file: "test/snapshot/read-policy.test.ts", name: "REL-68: which policy is in force" },
  },
  {
    rows: ["REL-68"],
    off: "a repository that never asked for Holdpoint gets a status",
    file: "src/domain/decide-unusable-policy.ts",
    text: `  if (!ownFile) return [];
`,
    instead: `  if (ownFile === null) return [];
`,
    test: {
      file: "test/domain/decide-unusable-policy.test.ts",
      name: "REL-68: a repository without a file of its own",
    },
  },
  {
    rows: ["REL-69"],
    off: "a file of any size is read",
    file: "src/policy/policy-text.ts",
    text: `  if (bytes > LARGEST_POLICY) return refuse(fileTooLarge(bytes, LARGEST_POLICY));
`,
    instead: "",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > 1 MB of one text",
    },
  },
  {
    rows: ["REL-69"],
    off: "a file of any number of pieces is read",
    file: "src/policy/read-yaml.ts",
    text: `    if (pieces > MOST_PIECES) return { ok: false, offset, message: wording.tooManyPieces(MOST_PIECES) };
`,
    instead: "",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > a list of 20,000 items",
    },
  },
  {
    rows: ["REL-69"],
    off: "a file may be nested as deep as it likes",
    file: "src/policy/read-yaml.ts",
    text: `    if (parser.stack.length > DEEPEST) return { ok: false, offset, message: wording.nestedTooDeep(DEEPEST) };
`,
    instead: "",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > deep lists in brackets",
    },
  },
  {
    rows: ["REL-69"],
    off: "anchors and references are taken",
    file: "src/policy/read-yaml.ts",
    text: `  ["anchor", wording.anchorRefused()],
  ["alias", wording.aliasRefused()],
`,
    instead: "",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > a bomb of references",
    },
  },
  {
    rows: ["REL-69"],
    off: "tags are taken",
    file: "src/policy/read-yaml.ts",
    text: `  ["tag", wording.tagRefused()],
`,
    instead: "",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > tags",
    },
  },
  {
    rows: ["REL-69"],
    off: "a key may stand twice",
    file: "src/policy/create-tree.ts",
    text: "if (earlier !== undefined) {",
    instead: "if (earlier?.keyAt === null) {",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > duplicate keys",
    },
  },
  {
    rows: ["REL-69"],
    off: "JavaScript's own names are no problem",
    file: "src/policy/create-tree.ts",
    text: '} else if (found.name === "__proto__") {',
    instead: '} else if (found.name === "__") {',
    test: { file: "test/policy/hostile-policy.test.ts", name: "REL-69: JavaScript's own names" },
  },
  {
    rows: ["REL-69"],
    off: "stack traces of thousands of parse errors are captured",
    file: "src/policy/read-yaml.ts",
    text: `  Error.stackTraceLimit = 0;
`,
    instead: `  Error.stackTraceLimit = 100;
`,
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: no file blocks the event loop for 50 ms",
    },
  },
  {
    rows: ["REL-69"],
    off: "characters that cannot be seen are taken",
    file: "src/policy/hidden-character.ts",
    text: `    code < 0x20 ||
`,
    instead: "",
    test: {
      file: "test/policy/hostile-policy.test.ts",
      name: "REL-69: a hostile file is refused with a sentence > NUL",
    },
  },
  {
    rows: ["REL-69"],
    off: "UTF-16 is taken for text",
    file: "src/policy/policy-text.ts",
    text: '  if (mark === "255,254" || mark === "254,255" || bytes.subarray(0, 4).includes(0)) {',
    instead: '  if (mark === "") {',
    test: { file: "test/policy/hostile-policy.test.ts", name: "UTF-16 without a start mark" },
  },
  {
    rows: ["REL-70"],
    off: "patterns run as JavaScript's regular expressions",
    file: "src/policy/glob.ts",
    text: "  return { pattern, matches: (name) => compiled.matches(name) };",
    instead: `  const slow = new RegExp(\`^\${pattern.replaceAll("*", "(.*)")}$\`, "s");
  return { pattern, matches: (name) => slow.test(name) && compiled.matches(name) };`,
    test: { file: "test/policy/glob.test.ts", name: "REL-70: a pattern never takes long" },
    fails: "never-comes",
  },
  {
    rows: ["REL-70"],
    off: "what people write is a regular expression, not text",
    file: "src/policy/glob.ts",
    text: ".map((piece) => RE2JS.quote(piece))",
    instead: ".map((piece) => piece)",
    test: { file: "test/policy/glob.test.ts", name: "is literal text, not a regular expression" },
    fails: { saying: "error parsing" },
  },
  {
    rows: ["REL-70"],
    off: "a pattern may be of any length",
    file: "src/policy/schema-parts.ts",
    text: "if (value.length > limit) return wording.tooLong(value.length, limit);",
    instead: "",
    test: { file: "test/policy/glob.test.ts", name: "a pattern of 10 KB is refused" },
  },
  {
    rows: ["REL-71"],
    off: "http is taken for any host",
    file: "src/setting-reader.ts",
    text: 'if (url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname)) return null;',
    instead: 'if (url.protocol === "http:") return null;',
    test: { file: "test/config.test.ts", name: "REL-71: Jira over http" },
  },
  {
    rows: ["REL-71"],
    off: "addresses may hold credentials",
    file: "src/setting-reader.ts",
    text: 'if (url.username !== "" || url.password !== "") return wording.credentialsInAddress();',
    instead: "",
    test: { file: "test/config.test.ts", name: "REL-71: Jira with credentials" },
  },
  {
    rows: ["REL-71"],
    off: "the address of a payload is called, whatever it is",
    file: "src/adapters/github/waiting-deployments.ts",
    text: "return isThere && run === String(runId) ? null : callbackElsewhere();",
    instead: "return null;",
    test: { file: "test/adapters/github/waiting-deployments.test.ts", name: "REL-71: another run" },
    fails: { saying: "github-unreachable" },
  },
  {
    rows: ["REL-71"],
    off: "an answer may lead Jira's calls to another host",
    file: "src/adapters/jira/transport.ts",
    text: "|| new URL(uri).origin !== origin",
    instead: "",
    test: { file: "test/adapters/jira/transport.test.ts", name: "REL-71: nothing is sent to" },
  },
  {
    rows: ["REL-71"],
    off: "Slack's redirects are followed",
    file: "src/adapters/slack/bounded-fetch.ts",
    text: 'redirect: "manual"',
    instead: 'redirect: "follow"',
    test: { file: "test/adapters/slack/faults.test.ts", name: "redirect" },
  },
];
