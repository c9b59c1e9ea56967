import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownCode } from "../../../src/domain/escape/markdown-code.ts";
import { markdownProse } from "../../../src/domain/escape/markdown-prose.ts";
import { plainOfMarkdown } from "../../../src/domain/escape/plain-of-markdown.ts";
import { plainOfSlack } from "../../../src/domain/escape/plain-of-slack.ts";
import { slackText } from "../../../src/domain/escape/slack-text.ts";
import { visibleText } from "../../../src/domain/escape/visible-text.ts";
import { HOSTILE } from "./hostile-text.ts";

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE.map(([, one]) => one)));

describe("what Holdpoint wrote as Markdown, as plain text", () => {
  test.each([
    ["**Halt lifted by `octocat`** until then", "Halt lifted by octocat until then"],
    ["see [`0a1b2c3`](<https://github.com/acme/x/commit/0a>).", "see 0a1b2c3."],
    ["`` a`b `` and `c`", "a`b and c"],
    ["Held:\n\n- one; two", "Held:\n\n- one; two"],
    ["`**` stays, and `[x](<y>)`", "** stays, and [x](<y>)"],
  ])("%j is %j", (markdown, plain) => {
    expect(plainOfMarkdown(markdown)).toBe(plain);
  });

  test("a stranger's name is what can be seen of it, whatever it is", () => {
    fc.assert(
      fc.property(text, (name) => {
        const said = `Only ${markdownCode(name, 80)} can do that.`;
        expect(plainOfMarkdown(said)).toBe(`Only ${visibleText(name, 80) || "(empty)"} can do that.`);
      }),
    );
  });

  test("a stranger's sentence is too", () => {
    fc.assert(
      fc.property(text, (sentence) => {
        fc.pre(visibleText(sentence, 2_000) !== "");
        expect(plainOfMarkdown(markdownProse(sentence)).replaceAll(" ", "")).toBe(
          visibleText(sentence, 2_000).replaceAll(" ", ""),
        );
      }),
    );
  });
});

describe("what Holdpoint wrote for Slack, as plain text", () => {
  test.each([
    ["<https://github.com/acme/x|search / nightly> is red", "search / nightly is red"],
    ["*Over*: “<https://x.test|a*b>” is *green* again", "Over: “a*b” is *green* again"],
    ["told <@U012AB3CD>, see <https://example.com>", "told @U012AB3CD, see https://example.com"],
  ])("%j is %j", (mrkdwn, plain) => {
    expect(plainOfSlack(mrkdwn)).toBe(plain);
  });

  test("a mention is the login of whom the policy knows by that id", () => {
    const logins = new Map([["U012MONA1", "monalisa"]]);
    expect(plainOfSlack("For <@U012MONA1>, <@U9>.", (id) => logins.get(id) ?? null)).toBe(
      "For @monalisa, @U9.",
    );
  });

  test("a stranger's text is what can be seen of it, whatever it is", () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(plainOfSlack(`by ${slackText(name, 80)}`)).toBe(`by ${visibleText(name, 80)}`);
      }),
    );
  });
});
