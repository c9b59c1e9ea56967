import type { Effect } from "../effect.ts";
import type { SlackPolicy } from "../policy.ts";
import type { Announcement } from "./announcement.ts";
import { announcementText } from "./announcement-text.ts";
import type { ComplianceCase } from "./case.ts";
import { caseLinks } from "./case-links.ts";
import type { IssueView } from "./issue-view.ts";
import { joiningOwners } from "./joining-owners.ts";
import { openingMessages, personalMessages } from "./opening-messages.ts";
import { messageText, threadKey } from "./slack-thread.ts";

/**
 * What is said about something that happened: a note on the issue, replies in its Slack thread, or both. The opening itself needs no
 * note, its text is the issue. Without a channel in the policy nothing is said on Slack.
 */
export function announce(view: IssueView, happened: Announcement): readonly Effect[] {
  const announcement = asShown(view, happened);
  const { slack } = view.policy.notify;
  if (announcement.what === "opened" && isWholeIssue(view, announcement.cases)) {
    return slack === null ? [] : openingMessages(view, announcement.cases, slack);
  }
  const { id: repositoryId } = view.repository;
  const note: Effect = {
    kind: "note",
    repositoryId,
    on: { kind: "compliance-issue", firstRed: view.firstRed },
    key: announcement.key,
    body: announcementText("note", view, announcement),
  };
  const notes = isSaidOnIssue(announcement) ? [note] : [];
  if (slack === null || !isSaidOnSlack(announcement)) return notes;
  const message: Effect = {
    kind: "slack",
    repositoryId,
    key: announcement.key,
    thread: threadKey(view.firstRed),
    to: { kind: "channel", channel: slack.channel },
    text: messageText([
      announcementText("slack", view, announcement),
      ...caseLinks("slack", view, "cases" in announcement ? announcement.cases : view.cases),
    ]),
  };
  return [...notes, message, ...toOwnersWhoJoin(view, announcement, slack)];
}

/** Whoever owns a check that joins later is told as those are who were there from the beginning. */
function toOwnersWhoJoin(view: IssueView, said: Announcement, slack: SlackPolicy): readonly Effect[] {
  if (said.what !== "opened") return [];
  return personalMessages(view, said.cases, slack, joiningOwners(view, said.cases));
}

/** The first opening, not a check that joins later. */
function isWholeIssue({ cases }: IssueView, opened: readonly ComplianceCase[]): boolean {
  return cases.every(({ id }) => opened.some((one) => one.id === id));
}

/** Its cases as the issue shows them: until the first warning has gone out, a case itself has no deadline. */
function asShown(view: IssueView, announcement: Announcement): Announcement {
  if (!("cases" in announcement)) return announcement;
  const shown = new Map(view.cases.map((one) => [one.id, one]));
  return { ...announcement, cases: announcement.cases.map((one) => shown.get(one.id) ?? one) };
}

function isSaidOnIssue(announcement: Announcement): boolean {
  switch (announcement.what) {
    case "reminder":
      return announcement.first;
    case "extended":
      // Its command is answered on the issue already.
      return false;
    case "unverified":
      // GitHub cannot be read, and what is written late would be wrong by then.
      return false;
    case "opened":
    case "verifying":
    case "expired":
    case "relapsed":
    case "resolved":
    case "reopened":
    case "override-began":
    case "override-ended":
      return true;
  }
}

function isSaidOnSlack(announcement: Announcement): boolean {
  return announcement.what !== "reopened";
}
