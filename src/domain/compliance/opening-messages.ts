import type { Effect } from "../effect.ts";
import { slackLink } from "../escape/slack-link.ts";
import { slackText } from "../escape/slack-text.ts";
import type { SlackPolicy } from "../policy.ts";
import { timeSpan } from "../time-span.ts";
import * as wording from "../wording/announcements.ts";
import { listed, moment } from "../wording/counted.ts";
import { wordsOf } from "./announcement-words.ts";
import type { ComplianceCase } from "./case.ts";
import { caseLinks } from "./case-links.ts";
import { expectedDeadline } from "./expected-deadline.ts";
import { repositoryPage } from "./issue-links.ts";
import type { IssueView, TaggedPerson } from "./issue-view.ts";
import { messageText, threadKey } from "./slack-thread.ts";

const MOST_NAMES = 10;
const MOST_PULL_REQUESTS = 5;

/** The message to the channel that begins the thread, and one to each person who is told: not to teams, which have no inbox. */
export function openingMessages(
  view: IssueView,
  cases: readonly ComplianceCase[],
  slack: SlackPolicy,
): readonly Effect[] {
  const names = slackNames(view.people.tagged, slack);
  const toAll: Effect = {
    kind: "slack",
    repositoryId: view.repository.id,
    key: threadKey(view.firstRed),
    thread: null,
    to: { kind: "channel", channel: slack.channel },
    text: messageText([
      ...leadOf(view, cases),
      ...(names === "" ? [] : [wording.toldAre(names)]),
      linksOf(view, cases),
      ...caseLinks("slack", view, cases),
    ]),
  };
  return [toAll, ...personalMessages(view, cases, slack, view.people.tagged)];
}

/** One message to each person among them; for each issue a person gets one. */
export function personalMessages(
  view: IssueView,
  cases: readonly ComplianceCase[],
  slack: SlackPolicy,
  people: readonly TaggedPerson[],
): readonly Effect[] {
  return uniquePeople(people)
    .filter(({ kind }) => kind === "person")
    .map(({ name, because }): Effect => ({
      kind: "slack",
      repositoryId: view.repository.id,
      key: `${threadKey(view.firstRed)}:${name.toLowerCase()}`,
      thread: null,
      to: { kind: "person", login: name, slackId: slack.people.get(name.toLowerCase()) ?? null },
      text: messageText([
        ...leadOf(view, cases),
        wording.personallyTold(because),
        linksOf(view, cases),
        ...caseLinks("slack", view, cases),
      ]),
    }));
}

/** Their names in a message to the channel: as Slack knows them, where the policy says how. */
export function slackNames(people: readonly TaggedPerson[], slack: SlackPolicy): string {
  return listed(
    uniquePeople(people).map((who) => nameOf(who, slack)),
    MOST_NAMES,
  );
}

function leadOf(view: IssueView, cases: readonly ComplianceCase[]): readonly string[] {
  return [summaryOf(view, cases), brokeIn(view)].filter((line) => line !== "");
}

function summaryOf(view: IssueView, cases: readonly ComplianceCase[]): string {
  const { hour } = view.policy.deferred;
  const dueOf = (one: ComplianceCase): number => expectedDeadline(one, hour).getTime();
  const due = Math.min(...cases.map(dueOf));
  const opened = Math.min(...cases.map(({ openedAt }) => openedAt.getTime()));
  const since = new Date(Math.min(...cases.map(({ firstRed }) => firstRed.at.getTime())));
  const say = cases.every(({ adopted }) => adopted) ? wording.adoptedMessage : wording.openedMessage;
  const { owner, name } = view.repository;
  return say(
    wordsOf("slack", view, cases),
    slackText(`${owner}/${name}`),
    moment(since),
    moment(new Date(due)),
    timeSpan(due - opened, hour),
  );
}

function brokeIn({ range }: IssueView): string {
  const links = range.pullRequests.map(
    ({ number, title, url }) => `${slackLink(url, `#${number}`)} ${slackText(title, 80)}`,
  );
  return links.length === 0 ? "" : wording.brokeIn(listed(links, MOST_PULL_REQUESTS));
}

function linksOf(view: IssueView, [first]: readonly ComplianceCase[]): string {
  const page = repositoryPage(view);
  const run = first?.firstRed.url ?? `${page}/commit/${view.firstRed}`;
  const label = encodeURIComponent(`label:"${view.policy.deferred.label}"`);
  return wording.linksAre(
    slackLink(run, wording.firstRedRun()),
    slackLink(`${page}/issues?q=${label}`, wording.complianceIssues()),
  );
}

function nameOf({ kind, name }: TaggedPerson, { people }: SlackPolicy): string {
  const id = kind === "person" ? people.get(name.toLowerCase()) : undefined;
  return id === undefined || !/^[A-Z0-9]{2,20}$/.test(id) ? slackText(name) : `<@${id}>`;
}

function uniquePeople(tagged: readonly TaggedPerson[]): readonly TaggedPerson[] {
  const byName = new Map<string, TaggedPerson>();
  for (const who of tagged) {
    const key = `${who.kind}:${who.name.toLowerCase()}`;
    if (!byName.has(key)) byName.set(key, who);
  }
  return [...byName.values()];
}
