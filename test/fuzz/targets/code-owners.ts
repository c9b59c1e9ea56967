import * as fc from "fast-check";
import { ownersOf } from "../../../src/domain/code-owners/owners-of.ts";
import { parseCodeOwners } from "../../../src/domain/code-owners/parse-code-owners.ts";
import { assembled, mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

/** GitHub takes no larger file. */
const LARGEST_FILE = { limit: 3_000_000, grownOneIn: 100 };
const FILES = [
  "* @acme/everybody\n",
  "# comment\n*.js @js-owner # behind\n/build/logs/ @doctocat\ndocs/* docs@example.com\n**/logs @octocat\n",
  "/apps/ @octocat\n/apps/github\n/scripts/ @doctocat @acme/team-x\n",
  "a\\ b/ @x\n!negated @y\n\\#hash @z\n[ab] @w\n",
];
const PIECES = [
  "*",
  "**",
  "?",
  "/",
  "**/",
  "a",
  "ab",
  "docs",
  ".js",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\\ ",
  "#",
  "!",
  "[",
  "]",
  " @octocat",
  " @acme/team",
  " a@b.c",
  " @",
  "@x-",
  "a*".repeat(20),
  "/**".repeat(10),
  "@" + "a".repeat(100),
];
const PATHS = [
  "src/a.ts",
  "docs/x/y.md",
  "a/b/c/d/e",
  "a".repeat(200),
  "a/".repeat(200),
  "a b/c",
  "apps/github/x",
  "build/logs/1",
  ".js",
];

export const codeOwners = createTarget({
  name: "code-owners",
  claim: "files up to 3 MB: owners have names that GitHub gives, the last line that matches decides alone",
  inputs: fc.record({
    file: fc.oneof(mutated(FILES, LARGEST_FILE), assembled(PIECES, LARGEST_FILE)),
    paths: fc.array(fc.oneof(fc.constantFrom(...PATHS), assembled(PIECES, { limit: 400 })), { maxLength: 8 }),
  }),
  act({ file, paths }) {
    const rules = parseCodeOwners(file);
    return { rules, ...ownersOf(rules, paths) };
  },
  judge({ file }, { rules, owners }) {
    const strange = owners.find(
      ({ kind, name }) => !(kind === "email" ? /@/ : /^[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)?$/).test(name),
    );
    if (strange !== undefined) return `${strange.name} is no name`;
    const unwritten = owners.find(({ name }) => !file.includes(name));
    if (unwritten !== undefined) return `${unwritten.name} does not stand in the file`;
    return rules.length <= file.split(/[\r\n]/).length ? null : "more rules than lines";
  },
  show: ({ file, paths }) => JSON.stringify({ file: file.slice(0, 2_000), length: file.length, paths }),
});
