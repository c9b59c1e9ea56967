import { describe, expect, test } from "vitest";
import { announcementText } from "../../../src/domain/compliance/announcement-text.ts";
import { messageText } from "../../../src/domain/compliance/slack-thread.ts";
import { buildCase, buildView } from "./build-issue-view.ts";

const LINT = buildCase({ id: 2, name: "lint", owners: ["@mona"] });

describe("what is said of an announcement", () => {
  test("where the policy names no channel, nobody is called by a name on Slack", () => {
    const view = buildView({ cases: [buildCase(), LINT] });
    expect(announcementText("slack", view, { what: "opened", key: "k", cases: [LINT] })).toBe(
      "*“lint” is red, too*, since the same commit. Due at 2026-03-05 10:00 UTC.",
    );
  });

  test("of checks that ended, and are red again by now, how they ended is left open", () => {
    const cases = [buildCase(), LINT];
    expect(announcementText("note", buildView({ cases }), { what: "resolved", key: "k", cases })).toBe(
      "**`integration tests`, `lint`** have ended. Still red: `integration tests`, `lint`.",
    );
  });

  test("several reds are due when the first of them is", () => {
    const sooner = buildCase({ id: 2, name: "lint", deadline: new Date("2026-03-04T10:00:00Z") });
    const cases = [buildCase(), sooner];
    expect(announcementText("note", buildView({ cases }), { what: "relapsed", key: "k", cases })).toMatch(
      /due at 2026-03-04 10:00 UTC\.$/,
    );
  });
});

describe("a message on Slack", () => {
  test("is its lines", () => {
    expect(messageText(["a", "b", "c"])).toBe("a\nb\nc");
    expect(messageText([])).toBe("");
  });

  test("leaves a line out that does not fit, whole, and all after it", () => {
    const [first, fits, tooMuch] = ["a".repeat(1_000), "b".repeat(1_998), "c"];
    expect(messageText([first, fits])).toBe(`${first}\n${fits}`);
    expect(messageText([first, `${fits}b`])).toBe(`${first}\n${fits}b`);
    expect(messageText([first, `${fits}bb`])).toBe(first);
    expect(messageText([first, fits, tooMuch, tooMuch])).toBe(`${first}\n${fits}`);
  });

  test("of one line that is too long, as much as fits", () => {
    expect(messageText(["a".repeat(3_001)])).toBe(`${"a".repeat(2_999)}…`);
  });
});
