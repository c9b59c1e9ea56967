import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { complianceIssue } from "../../src/domain/compliance/compliance-issue.ts";
import { buildView } from "../domain/compliance/build-issue-view.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** Without links, and with one commit for all. */
function plainLines(markdown: string): readonly string[] {
  return markdown
    .replaceAll(/\[(`[^`]*`)\]\(<[^>]*>\)/g, "$1")
    .replaceAll(/\b(?:[0-9a-f]{40}|[0-9a-f]{7})\b/g, "0a1b2c3")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

test("the issue that the README shows is written like that", () => {
  const quotation = readme.split("\n").filter((line) => line.startsWith(">"));
  const [title = "", ...shown] = plainLines(quotation.map((line) => line.replace(/^> ?#?/, "")).join("\n"));
  const written = complianceIssue(buildView());
  expect(title).toBe(`## ${plainLines(written.title).join("")} &nbsp; \`deferred-compliance\``);
  const lines = plainLines(written.body);
  expect(shown).toEqual(lines.slice(0, -1));
});
