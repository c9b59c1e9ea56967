import type { CommitSha } from "../model.ts";
import type { Announcement } from "./announcement.ts";
import type { ComplianceCase } from "./case.ts";
import type { CaseNews, CaseOutcome } from "./case-news.ts";

/** What people are told of an issue's cases, in the order in which it happened; cases that share their news share the words. */
export function announcementsOf(
  outcomes: readonly CaseOutcome[],
): ReadonlyMap<CommitSha, readonly Announcement[]> {
  const byIssue = new Map<CommitSha, CaseOutcome[]>();
  for (const outcome of outcomes) {
    const { sha } = outcome.case.firstRed;
    byIssue.set(sha, [...(byIssue.get(sha) ?? []), outcome]);
  }
  return new Map([...byIssue].map(([sha, ofIssue]) => [sha, announcementsOfIssue(ofIssue)]));
}

const SAID = ["relapsed", "opened", "resolved", "verifying", "unverified", "expired"] as const;

function announcementsOfIssue(outcomes: readonly CaseOutcome[]): readonly Announcement[] {
  const said = SAID.flatMap((what): readonly Announcement[] => {
    const cases = casesWith(outcomes, (news) => news.what === what);
    const [first] = cases;
    if (first === undefined) return [];
    const key = keyOf(what, first);
    if (what !== "verifying") return [{ what, key, cases }];
    return [{ what, key, cases, until: first.verifyUntil ?? first.openedAt }];
  });
  return [...said, ...remindersOf(outcomes)];
}

/** One for each deadline: checks with another grace have another one. */
function remindersOf(outcomes: readonly CaseOutcome[]): readonly Announcement[] {
  const reminders = outcomes.flatMap(({ news }) => news.filter((one) => one.what === "reminder"));
  const lengths = [...new Set(reminders.map(({ before }) => before))].toSorted((one, other) => other - one);
  return lengths.flatMap((before): readonly Announcement[] => {
    const cases = casesWith(outcomes, (news) => news.what === "reminder" && news.before === before);
    const [first] = cases;
    if (first === undefined) return [];
    const isFirst = reminders.every((one) => one.first);
    return [{ what: "reminder", key: keyOf("reminder", first), cases, before, first: isFirst }];
  });
}

function casesWith(
  outcomes: readonly CaseOutcome[],
  isMeant: (news: CaseNews) => boolean,
): readonly ComplianceCase[] {
  return outcomes.filter(({ news }) => news.some(isMeant)).map((outcome) => outcome.case);
}

/** A case that changes counts its version up, so that the same thing may happen to it twice, and is told twice. */
function keyOf(what: string, { id, version }: ComplianceCase): string {
  return `case-${String(id)}-${what}-${String(version)}`;
}
