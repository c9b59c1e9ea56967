import { groupBy } from "../group-by.ts";
import type { CommitSha } from "../model.ts";
import type { Announcement } from "./announcement.ts";
import type { ComplianceCase } from "./case.ts";
import type { CaseOutcome } from "./case-news.ts";

/** What people are told of an issue's cases, in the order in which it happened; cases that share their news share the words. */
export function announcementsOf(
  outcomes: readonly CaseOutcome[],
): ReadonlyMap<CommitSha, readonly Announcement[]> {
  const byIssue = groupBy(outcomes, (outcome) => outcome.case.firstRed.sha);
  return new Map([...byIssue].map(([sha, ofIssue]) => [sha, announcementsOfIssue(ofIssue)]));
}

const SAID = ["relapsed", "opened", "resolved", "verifying", "unverified", "expired"] as const;

function announcementsOfIssue(outcomes: readonly CaseOutcome[]): readonly Announcement[] {
  const said = SAID.flatMap((what): readonly Announcement[] => {
    const cases = outcomes
      .filter(({ news }) => news.some((one) => one.what === what))
      .map((outcome) => outcome.case);
    const [first] = cases;
    return first === undefined ? [] : [{ what, key: keyOf(what, first), cases }];
  });
  return [...said, ...remindersOf(outcomes)];
}

/** One for each deadline: checks with another grace have another one. */
function remindersOf(outcomes: readonly CaseOutcome[]): readonly Announcement[] {
  const reminded = outcomes.flatMap((outcome) =>
    outcome.news.flatMap((news) => (news.what === "reminder" ? [{ ...news, case: outcome.case }] : [])),
  );
  const first = reminded.every((one) => one.first);
  return [...groupBy(reminded, ({ before }) => before)]
    .toSorted(([one], [other]) => other - one)
    .map(([before, alike]) => {
      const key = keyOf("reminder", alike[0].case);
      return { what: "reminder", key, cases: alike.map((one) => one.case), before, first };
    });
}

/** A case that changes counts its version up, so that the same thing may happen to it twice, and is told twice. */
function keyOf(what: string, { id, version }: ComplianceCase): string {
  return `case-${String(id)}-${what}-${String(version)}`;
}
