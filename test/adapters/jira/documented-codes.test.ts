import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { UNKNOWN_CODES } from "../../../src/domain/model.ts";

test("docs/jira.md says of every code of Jira's what was seen and what to do, and of no other", () => {
  const page = readFileSync(new URL("../../../docs/jira.md", import.meta.url), "utf8");
  const documented = [...page.matchAll(/^\| `(jira-[a-z-]+)` +\| [^|]+ \| [^|]+ \|$/gm)].map(
    ([, code]) => code,
  );
  expect(new Set(documented)).toEqual(new Set(UNKNOWN_CODES.filter((code) => code.startsWith("jira-"))));
  expect(documented).toHaveLength(new Set(documented).size);
});
