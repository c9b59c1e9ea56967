import { describe, expect, test } from "vitest";
import { readFieldValue } from "../../../src/adapters/jira/field-value.ts";
import { readRichText } from "../../../src/adapters/jira/rich-text.ts";
import { readWikiText } from "../../../src/adapters/jira/wiki-text.ts";

const doc = (...content: unknown[]) => ({ type: "doc", version: 1, content });
const paragraph = (...content: unknown[]) => ({ type: "paragraph", content });
const text = (words: string, ...marks: unknown[]) => ({ type: "text", text: words, marks });
const item = (...content: unknown[]) => ({ type: "listItem", content });

describe("values of fields as text", () => {
  test.each<[string, unknown, string]>([
    ["a string", "  Low  ", "Low"],
    ["a number", 0, "0"],
    ["a switch", false, "false"],
    ["a select", { self: "https://x", value: "High", id: "10020" }, "High"],
    ["several selects", [{ value: "EU" }, { value: "US" }], "EU, US"],
    ["labels", ["a", "", "b"], "a, b"],
    ["a cascading select", { value: "Server", child: { value: "Gateway" } }, "Server / Gateway"],
    ["a person in the cloud", { accountId: "5b1", displayName: "Mona" }, "Mona"],
    ["a person in a data center", { name: "mona", key: "JIRAUSER1", displayName: "Mona" }, "Mona"],
    ["a version", { id: "1", name: "4.2" }, "4.2"],
    ["a date", "2026-03-02", "2026-03-02"],
    ["a moment", "2026-03-02T10:00:00.000+0000", "2026-03-02T10:00:00.000+0000"],
    ["an asset", [{ workspaceId: "w", label: "db-1" }], "db-1"],
    ["rich text", doc(paragraph(text("Low"))), "Low"],
  ])("%s", (_, value, expected) => {
    expect(readFieldValue(value, { wiki: false })).toEqual({ state: "filled", text: expected });
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["nothing", undefined],
    ["no characters", ""],
    ["white space", " \t\n\u00A0\u3000"],
    ["characters that print nothing", "\u200B\u200D\uFEFF\u2060\u00AD\u2800\u3164"],
    ["an empty list", []],
    ["a list of nothing", [null, "", " "]],
    ["an empty object", {}],
    ["an app's object without words", { count: 0, open: [] }],
    ["a select without a value", { value: null, child: null }],
    ["an empty document", doc()],
    ["a document without content", { type: "doc", version: 1 }],
    ["empty paragraphs", doc(paragraph(), paragraph(text(" ")), paragraph({ type: "hardBreak" }))],
    [
      "lists without words",
      doc({ type: "bulletList", content: [item(paragraph()), item(paragraph(text("\u00A0")))] }),
    ],
    [
      "an open task without words",
      doc({ type: "taskList", content: [{ type: "taskItem", attrs: { state: "TODO" } }] }),
    ],
    [
      "a table without words",
      doc({ type: "table", content: [{ type: "tableRow", content: [{ type: "tableCell" }] }] }),
    ],
    ["a rule", doc({ type: "rule" })],
    [
      "a picture alone",
      doc({ type: "mediaSingle", content: [{ type: "media", attrs: { id: "1", type: "file" } }] }),
    ],
    [
      "the prompt of a template",
      doc(paragraph({ type: "placeholder", attrs: { text: "What can go wrong?" } })),
    ],
    ["a panel without words", doc({ type: "panel", attrs: { panelType: "info" }, content: [paragraph()] })],
  ])("%s is empty", (_, value) => {
    expect(readFieldValue(value, { wiki: false })).toEqual({ state: "empty" });
  });

  test("a long text is cut to what can be shown", () => {
    const value = readFieldValue("x".repeat(5_000), { wiki: false });
    expect(value).toEqual({ state: "filled", text: `${"x".repeat(1_999)}…` });
  });

  test("a text cut in the middle of a character loses the whole of it", () => {
    const value = readFieldValue("😀".repeat(1_500), { wiki: false });
    expect(value).toEqual({ state: "filled", text: `${"😀".repeat(999)}…` });
  });

  test("what no database stores is left out", () => {
    const value = readFieldValue("a\u0000b\uD83D", { wiki: false });
    expect(value).toEqual({ state: "filled", text: "ab\uFFFD" });
  });

  test("a value nested beyond reason is bounded, not a crash", () => {
    let nested: unknown = "deep";
    for (let depth = 0; depth < 50_000; depth += 1) nested = [nested];
    expect(readFieldValue(nested, { wiki: false })).toEqual({ state: "empty" });
    let node: unknown = text("deep");
    for (let depth = 0; depth < 50_000; depth += 1) node = { type: "panel", content: [node] };
    expect(readFieldValue(doc(node), { wiki: false })).toEqual({ state: "empty" });
  });
});

describe("rich text", () => {
  test("reads as a person sees it", () => {
    const document = doc(
      { type: "heading", attrs: { level: 2 }, content: [text("Risk")] },
      paragraph(
        text("Low, says "),
        { type: "mention", attrs: { id: "5b1", text: "@Mona" } },
        text(" "),
        { type: "emoji", attrs: { shortName: ":thumbsup:", text: "👍" } },
        { type: "hardBreak" },
        text("see "),
        text("the plan", { type: "link", attrs: { href: "https://acme.example/plan" } }),
        text(" and "),
        { type: "inlineCard", attrs: { url: "https://acme.example/card" } },
      ),
      {
        type: "bulletList",
        content: [
          item(paragraph(text("first")), { type: "orderedList", content: [item(paragraph(text("inner")))] }),
          item(paragraph()),
          item(paragraph(text("second"))),
        ],
      },
      {
        type: "taskList",
        content: [
          { type: "taskItem", attrs: { state: "DONE" }, content: [text("watched p99")] },
          { type: "taskItem", attrs: { state: "TODO" }, content: [text("watch errors")] },
        ],
      },
      {
        type: "table",
        content: [
          {
            type: "tableRow",
            content: [
              { type: "tableHeader", content: [paragraph(text("When"))] },
              {
                type: "tableCell",
                content: [paragraph({ type: "date", attrs: { timestamp: "1772409600000" } })],
              },
            ],
          },
        ],
      },
      { type: "rule" },
      {
        type: "expand",
        attrs: { title: "More" },
        content: [paragraph({ type: "status", attrs: { text: "AMBER" } })],
      },
      { type: "someNodeOfTomorrow", content: [paragraph(text("still read"))] },
    );
    expect(readRichText(document)).toBe(
      [
        "Risk",
        "Low, says @Mona 👍",
        "see the plan (https://acme.example/plan) and https://acme.example/card",
        "- first",
        "  - inner",
        "- second",
        "[x] watched p99",
        "[ ] watch errors",
        "When | 2026-03-02",
        "More",
        "AMBER",
        "still read",
      ].join("\n"),
    );
  });
});

describe("wiki markup", () => {
  test.each([
    ["h3. Risk\r\nLow *really* low", "Risk\nLow *really* low"],
    ["{panel:title=Risk}\nLow\n{panel}", "Low"],
    ["{color:#ff0000}High{color}", "High"],
    ["* one\n*\n** two", "* one\n** two"],
    ["See [the plan|https://acme.example/plan]", "See [the plan|https://acme.example/plan]"],
    ["{code:java}\nx();\n{code}", "x();"],
    ["{not-a-macro}", "{not-a-macro}"],
    ["first\\\\second", "first second"],
  ])("%j reads as %j", (markup, expected) => {
    expect(readWikiText(markup)).toBe(expected);
  });

  test.each([
    "",
    "\r\n",
    "h2. ",
    "h2.",
    "----",
    "{panel}{panel}",
    "* \n# ",
    "|| ||",
    "\\\\",
    "{color:red}{color}",
    "!shot.png|thumbnail!",
  ])("%j holds no word", (markup) => {
    expect(readWikiText(markup)).toBe("");
  });

  test("takes time in proportion to its length", () => {
    const hostile = ["{panel:".repeat(5_000), "!a".repeat(20_000), "|".repeat(40_000), "h2. ".repeat(10_000)];
    const started = process.hrtime.bigint();
    for (const text of hostile) readWikiText(text);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
  });
});
