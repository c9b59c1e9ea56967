import * as fc from "fast-check";
import { expect, test } from "vitest";
import { markdownProse } from "../../../src/domain/escape/markdown-prose.ts";
import { HOSTILE, hostileText } from "./hostile-text.ts";
import { ACTIVE, outsideCode } from "./outside-code.ts";

test.each(HOSTILE)("REL-74: in a sentence, %s is put into code", (_, text) => {
  expect(outsideCode(markdownProse(`1 ticket in status “${text}”: PLAY-1`))).not.toMatch(ACTIVE);
});

test("REL-74, I9: whatever the sentence, nothing active stands outside of code", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const outside = outsideCode(`- ${markdownProse(text)}`).slice(2);
      expect(outside).not.toMatch(ACTIVE);
      expect(outside).not.toMatch(/^(?:[-+*]|\d+[.)])(?: |$)|^:?-{3}|:\w+:/);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["plain words stay", "2 tickets lack “Risk assessment”", "2 tickets lack “Risk assessment”"],
  ["keys are code", "2 tickets: PLAY-1, PLAY-2 and 3 more", "2 tickets: `PLAY-1`, `PLAY-2` and 3 more"],
  ["neighbours share their code", "see https://x.y /a/b now", "see `https://x.y /a/b` now"],
  ["quotation marks stay outside", "in status “Done @x”: PLAY-1", "in status “Done `@x`”: `PLAY-1`"],
  ["quotation marks on both sides", "status “@x”, then", "status “`@x`”, then"],
  ["before a quotation what was code ends", "@a “@b” c", "`@a` “`@b`” c"],
  [
    "parentheses stay",
    "Jira did not answer (HTTP 503, bulkfetch)",
    "Jira did not answer (HTTP 503, bulkfetch)",
  ],
  ["hyphens and apostrophes stay", "Jira's post-deploy check’s end", "Jira's post-deploy check’s end"],
  ["other scripts stay", "Prüfung der Änderung 変更 – проверка", "Prüfung der Änderung 変更 – проверка"],
  ["punctuation alone stays", "a “” ; b", "a “” ; b"],
  ["what reads as a commit is code", "at 3ddc94d and deadbeef.", "at `3ddc94d` and `deadbeef.`"],
  ["what begins a list is code", "1. x", "`1.` x"],
  ["nothing is said, as bold marks around nothing are a ruler", " \u200B", "(empty)"],
])("%s", (_, sentence, prose) => {
  expect(markdownProse(sentence)).toBe(prose);
});
