import { expect, test } from "vitest";
import { commandLines } from "../../src/domain/command-lines.ts";

test.each<[string, string, readonly string[]]>([
  ["alone", "/holdpoint check", ["/holdpoint check"]],
  ["by its name alone", "/holdpoint", ["/holdpoint"]],
  ["in capitals, indented a little, with blanks after it", "   /HoldPoint check  ", ["/HoldPoint check"]],
  ["after a line of text", "Fixed.\n/holdpoint check\nThanks", ["/holdpoint check"]],
  ["with Windows' line ends", "Fixed.\r\n/holdpoint check\r\n", ["/holdpoint check"]],
  ["two of them", "/holdpoint check\n/holdpoint help", ["/holdpoint check", "/holdpoint help"]],
  ["after a quotation and an empty line", "> looks good?\n\n/holdpoint check", ["/holdpoint check"]],
  ["after closed code", "```\nx\n```\n/holdpoint check", ["/holdpoint check"]],
  ["after code within a line", "I ran `npm test`.\n/holdpoint check", ["/holdpoint check"]],
  [
    "after what looks like a fence and is code within a line",
    "```x```\n/holdpoint check",
    ["/holdpoint check"],
  ],
  ["after a hidden note", "<!-- note -->\n/holdpoint check", ["/holdpoint check"]],
  [
    "with hidden text in it, of which nothing stays",
    "/holdpoint halt because <!-- x -->it fails",
    ["/holdpoint halt because  it fails"],
  ],
  ["inside a sentence", "Please /holdpoint check", []],
  ["as the start of a longer word", "/holdpointless", []],
  ["in a list", "- /holdpoint check", []],
  ["quoted", "> /holdpoint check", []],
  ["quoted without the mark on its own line", "> somebody wrote\n/holdpoint check", []],
  ["in a fence", "```\n/holdpoint check\n```", []],
  ["in a fence of tildes with a language", "~~~ sh\n/holdpoint check\n~~~", []],
  ["in a fence that a shorter one does not close", "````\n```\n/holdpoint check\n````", []],
  ["in a fence that the other kind does not close", "```\n~~~\n/holdpoint check", []],
  ["in a fence that a line with more on it does not close", "```\n``` x\n/holdpoint check\n```", []],
  ["in a fence inside of a list", "- ```\n/holdpoint check\n  ```", []],
  ["in a fence that never ends", "```\n/holdpoint check", []],
  ["in indented code", "    /holdpoint check", []],
  ["after a tab", "\t/holdpoint check", []],
  ["in code over several lines", "`a\n/holdpoint check\nb`", []],
  ["in a hidden note", "<!--\n/holdpoint check\n-->", []],
  ["in a hidden note that never ends", "<!--\n/holdpoint check", []],
  ["behind a hidden note on its line", "<!-- x -->/holdpoint check", []],
  ["in preformatted HTML", "<pre>\n/holdpoint check\n</pre>", []],
  ["in a quotation in HTML", "<blockquote>\n\n/holdpoint check\n\n</blockquote>", []],
  ["nothing", "", []],
])("%s", (_, body, lines) => {
  expect(commandLines(body)).toEqual(lines);
});

test("REL-62: a comment of GitHub's full length is read in no time, whatever is in it", () => {
  const bodies = ["<!--", "`", "` `` ", "<pre>", "- ```\n", "> x\n", "/holdpoint x\n", "<pre></pre"].map(
    (piece) => piece.repeat(65_536 / piece.length),
  );
  const start = performance.now();
  for (const body of bodies) commandLines(body);
  expect(performance.now() - start).toBeLessThan(2_000);
});
