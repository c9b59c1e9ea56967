import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutSlackText } from "../../../src/domain/escape/cut-slack-text.ts";
import { slackText } from "../../../src/domain/escape/slack-text.ts";
import { visibleText } from "../../../src/domain/escape/visible-text.ts";
import { HOSTILE, hostileText } from "./hostile-text.ts";

describe("REL-75: to Slack, text by strangers stays text", () => {
  test.each([
    ["<!channel>", "&lt;!channel&gt;"],
    ["<!here|here>", "&lt;!here|here&gt;"],
    ["<!subteam^S1>", "&lt;!subteam^S1&gt;"],
    ["<@U1>", "&lt;@U1&gt;"],
    ["<#C1>", "&lt;#C1&gt;"],
    ["<https://evil|good>", "&lt;https://evil|good&gt;"],
    ["<!date^0^{date}|x>", "&lt;!date^0^{date}|x&gt;"],
    ["&lt;", "&amp;lt;"],
    ["&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"],
    ["a\r\n> b\u001B[31m", "a &gt; b�[31m"],
    ["abc\u202Egnp.exe", "abc�gnp.exe"],
    ["a\0b", "a�b"],
  ])("%j", (text, escaped) => {
    expect(slackText(text)).toBe(escaped);
  });

  test.each(HOSTILE)("%s", (_, text) => {
    expect(slackText(text, 100)).not.toContain("<");
    expectHarmless(text);
  });

  test("any text", () => {
    fc.assert(fc.property(fc.oneof(hostileText, fc.string({ unit: "binary" })), expectHarmless));
  });
});

/** What Slack shows of it is what can be seen of the text, and no sign of Slack's begins in it. */
function expectHarmless(text: string): void {
  const escaped = slackText(text, 100);
  expect(escaped).not.toMatch(/[<>\n]|&(?!(?:amp|lt|gt);)/);
  expect(shown(escaped)).toBe(visibleText(text, 100));
}

/** As Slack undoes the escapes: once, from left to right. */
function shown(mrkdwn: string): string {
  const characters: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
  return mrkdwn.replaceAll(/&(?:amp|lt|gt);/g, (escape) => characters[escape] ?? "");
}

describe("what is too long is cut where it harms nothing", () => {
  test.each([
    ["short enough", "abc", 3, "abc"],
    ["between words", "abcd efgh", 6, "abcd…"],
    ["before a link", "see <https://x.example|it> now", 20, "see…"],
    ["behind a link", "<https://x|it> and so on", 16, "<https://x|it>…"],
    ["before an escape", "abc&amp;def", 6, "abc…"],
    ["before the end of an escape", "abc&amp;def", 8, "abc…"],
    ["behind an escape", "abc&amp;def", 9, "abc&amp;…"],
    ["before a wide character", "abc😀def", 5, "abc…"],
  ])("%s", (_, text, limit, cut) => {
    expect(cutSlackText(text, limit)).toBe(cut);
  });

  test("any message", () => {
    const piece = fc.oneof(
      hostileText.map((text) => slackText(text, 20)),
      fc.constant("<https://x.example/1|a link>"),
      fc.constant("*bold*\n"),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 120 }), (pieces, limit) => {
        const cut = cutSlackText(pieces.join(" "), limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.replaceAll(/<[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
      }),
    );
  });
});
