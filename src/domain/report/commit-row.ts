import { markdownCode } from "../escape/markdown-code.ts";
import { markdownLink } from "../escape/markdown-link.ts";
import type { Commit, CommitSha } from "../model.ts";
import { subjectOf } from "../tickets/subject-of.ts";
import { shortSha } from "../wording/counted.ts";
import { attachedBy, byAuthor } from "../wording/report.ts";
import type { ReportFacts } from "./report-facts.ts";

const SUBJECT_LENGTH = 100;
const NAME_LENGTH = 40;
const REASON_LENGTH = 100;

/** One line, safe to put into a list: the commit, its subject, its author, its pull requests. */
export function commitRow(sha: CommitSha, facts: ReportFacts): string {
  const address = facts.repositoryUrl === null ? null : `${facts.repositoryUrl}/commit/${sha}`;
  const name = markdownLink(markdownCode(shortSha(sha)), address);
  const commit = facts.commits.get(sha);
  if (commit === undefined) return name;
  const pullRequests = (facts.pullRequests.get(sha) ?? [])
    .slice(0, 3)
    .map((one) => `, ${markdownLink(markdownCode(`#${one.number}`), one.url)}`);
  return `${name} ${markdownCode(subjectOf(commit), SUBJECT_LENGTH)} ${byAuthor()} ${authorCode(authorName(commit))}${pullRequests.join("")}${attachedTo(sha, facts)}`;
}

/** Whose doing it is that the commit counts with a ticket that it does not name; the reason may say what the ticket says. */
function attachedTo(sha: CommitSha, { attached, showsTickets }: ReportFacts): string {
  const said = (attached.get(sha) ?? []).map(({ key, by, because }) => {
    const reason = showsTickets ? `: ${markdownCode(because, REASON_LENGTH)}` : "";
    return `${markdownCode(key)} ${attachedBy()} ${authorCode(by)}${reason}`;
  });
  return said.map((one) => `; ${one}`).join("");
}

/** GitHub's login, else the name that the commit gives: a claim. */
export function authorName({ author }: Commit): string {
  return author.login ?? author.name;
}
export function authorCode(name: string): string {
  return markdownCode(name, NAME_LENGTH);
}
