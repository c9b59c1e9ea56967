import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { parsePolicy } from "../../../src/policy/parse-policy.ts";
import { decodePolicyText } from "../../../src/policy/policy-text.ts";
import { assembled, mutatedBytes } from "../mutate.ts";
import { createTarget } from "../target.ts";

const folder = new URL("../../../docs/examples/", import.meta.url);
const FILES = readdirSync(folder)
  .filter((name) => name.endsWith(".yml"))
  .map((name) => readFileSync(new URL(name, folder)));
const PIECES = [
  "mode: ",
  "observe",
  "deploy:\n",
  "  environments:\n",
  "    production: ",
  "{ base: { branch: a } }",
  "tickets: ",
  "projects: ",
  "[PLAY]",
  "deferred: ",
  "checks:\n",
  "  - name: a\n",
  "    match: { status: a }\n",
  "grace: 72h\n",
  "override: ",
  "allow: { teams: [a/b] }",
  "- ",
  "? ",
  ": ",
  "{",
  "}",
  "[",
  "]",
  ",",
  "|\n",
  ">-\n",
  "&a ",
  "*a ",
  "<<: ",
  "!!js ",
  "%YAML 1.1\n",
  "---\n",
  "...\n",
  "\n",
  "  ",
  "\t",
  '"',
  "'",
  "# ",
];
/** Twice what a policy may have, so that what is refused for its length is met too. */
const LIMIT = { limit: 131_072, grownOneIn: 30 };

const bytes = fc.oneof(
  mutatedBytes(FILES, LIMIT),
  assembled(PIECES, LIMIT).map((text) => Buffer.from(text, "utf8")),
);

export const policies = createTarget({
  name: "policies",
  claim:
    "files up to 128 KB, an organisation's beside a repository's: a policy or problems, never both, each at a place within the file",
  inputs: fc.record({ repository: bytes, organisation: fc.option(bytes, { freq: 3 }) }),
  act({ repository, organisation }) {
    const own = decodePolicyText(repository);
    const above = organisation === null ? null : decodePolicyText(organisation);
    const texts = {
      repository: own.ok ? own.text : null,
      organisation: above !== null && above.ok ? above.text : null,
    };
    return { texts, parsed: parsePolicy(texts), undecoded: own.ok ? [] : [own.problem] };
  },
  judge(_, { texts, parsed, undecoded }) {
    const { policy, problems, organisationProblems } = parsed;
    const isThere = texts.repository !== null || texts.organisation !== null;
    const wrong = problems.length + organisationProblems.length > 0;
    if ((policy === null) !== (wrong || !isThere))
      return wrong ? "a policy beside problems" : "neither policy nor problem";
    for (const [text, some] of [
      [texts.repository, problems],
      [texts.organisation, organisationProblems],
      ["", undecoded],
    ] as const) {
      // A carriage return alone ends no line for YAML.
      const lines = (text ?? "").split("\n");
      const outside = some.find(
        ({ line, column }) =>
          line < 1 || column < 1 || line > lines.length || column > (lines[line - 1]?.length ?? 0) + 1,
      );
      if (outside !== undefined) return `a problem stands outside of the file: ${JSON.stringify(outside)}`;
      const silent = some.find(({ message }) => message === "" || /[\p{Cc}\u202A-\u202E]/u.test(message));
      if (silent !== undefined) return `a problem is no sentence: ${JSON.stringify(silent)}`;
    }
    return null;
  },
  show: ({ repository, organisation }) =>
    JSON.stringify({
      repository: repository.toString("latin1"),
      organisation: organisation?.toString("latin1") ?? null,
    }),
});
