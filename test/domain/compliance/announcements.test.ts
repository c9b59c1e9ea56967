import { describe, expect, test } from "vitest";
import { isCaseId } from "../../../src/domain/brands.ts";
import { announcementsOf } from "../../../src/domain/compliance/announcements.ts";
import type { ComplianceCase } from "../../../src/domain/compliance/case.ts";
import type { CaseNews } from "../../../src/domain/compliance/case-news.ts";
import { sha } from "../build-snapshot.ts";
import { buildCase, buildRun } from "./build-case.ts";
import { HOUR, after } from "./case-history.ts";

const ONE = buildCase();
const TWO = numbered(2, {});
const ISSUE = ONE.firstRed.sha;

function numbered(id: number, changes: Partial<ComplianceCase>): ComplianceCase {
  if (!isCaseId(id)) throw new Error("ids count from 1");
  return buildCase({ id, name: `long ${id}`, ...changes });
}

function announced(...outcomes: readonly (readonly [ComplianceCase, ...CaseNews[]])[]) {
  return announcementsOf(outcomes.map(([one, ...news]) => ({ case: one, news })));
}

describe("what people are told", () => {
  test("cases that share their news share the words", () => {
    const opened = { what: "opened" } as const;
    expect(announced([ONE, opened], [TWO, opened]).get(ISSUE)).toEqual([
      { what: "opened", key: "case-1-opened-3", cases: [ONE, TWO] },
    ]);
  });

  test("each issue is told of its own cases", () => {
    const other = numbered(2, { firstRed: buildRun({ sha: sha("commit 5") }) });
    const told = announced([ONE, { what: "expired" }], [other, { what: "resolved" }]);
    expect(told.get(ISSUE)).toEqual([{ what: "expired", key: "case-1-expired-3", cases: [ONE] }]);
    expect(told.get(sha("commit 5"))).toEqual([
      { what: "resolved", key: "case-2-resolved-3", cases: [other] },
    ]);
  });

  test("in the order in which it happened", () => {
    const told = announced([ONE, { what: "relapsed" }, { what: "expired" }]).get(ISSUE);
    expect(told?.map(({ what }) => what)).toEqual(["relapsed", "expired"]);
  });

  test("a verification says until when", () => {
    const verifying = buildCase({ verifyUntil: after(74 * HOUR) });
    expect(announced([verifying, { what: "verifying" }]).get(ISSUE)).toEqual([
      { what: "verifying", key: "case-1-verifying-3", cases: [verifying] },
    ]);
  });

  test("a reminder for each deadline, the most distant first", () => {
    const soon = { what: "reminder", before: 4 * HOUR, first: false } as const;
    const later = { what: "reminder", before: 24 * HOUR, first: true } as const;
    expect(announced([ONE, soon], [TWO, later]).get(ISSUE)).toEqual([
      { what: "reminder", key: "case-2-reminder-3", cases: [TWO], before: 24 * HOUR, first: false },
      { what: "reminder", key: "case-1-reminder-3", cases: [ONE], before: 4 * HOUR, first: false },
    ]);
    expect(announced([TWO, later]).get(ISSUE)).toMatchObject([{ first: true }]);
  });

  test.each(["went-on", "clock-started", "adopted"] as const)("nothing of %s", (what) => {
    expect(announced([ONE, { what }]).get(ISSUE)).toEqual([]);
  });
});
