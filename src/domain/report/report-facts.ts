import type { Finding } from "../finding.ts";
import { groupBy } from "../group-by.ts";
import type { Judged } from "../judged.ts";
import type { Commit, CommitSha, PullRequest, TicketKey } from "../model.ts";
import type { Attachment } from "../tickets/attachment.ts";

/** What the parts of a report look up, gathered once: a change set may have 10,000 commits. */
export interface ReportFacts {
  readonly judged: Judged;
  /** Jira's texts may be shown; else a ticket is its key and pass or fail. */
  readonly showsTickets: boolean;
  /** `https://github.com/acme/storefront`, or null where GitHub's address is not known. */
  readonly repositoryUrl: string | null;
  /** What goes out and what would be taken away. */
  readonly commits: ReadonlyMap<CommitSha, Commit>;
  readonly pullRequests: ReadonlyMap<CommitSha, readonly PullRequest[]>;
  /** Tickets that people attached to commits. */
  readonly attached: ReadonlyMap<CommitSha, readonly Attachment[]>;
  readonly carriedBy: ReadonlyMap<TicketKey, readonly CommitSha[]>;
  /** Tickets that some rule did not pass. */
  readonly failing: ReadonlySet<TicketKey>;
}

export function gatherReportFacts(judged: Judged): ReportFacts {
  const { snapshot, carriage, verdict, githubUrl } = judged;
  const { owner, name } = snapshot.repository;
  const changeSet = snapshot.changeSet.state === "known" ? snapshot.changeSet.value : null;
  const commits = [...(changeSet?.commits ?? []), ...(changeSet?.lost ?? [])];
  const complaints = verdict.findings.filter(({ outcome }) => outcome !== "pass");
  return {
    judged,
    showsTickets: snapshot.repository.private,
    repositoryUrl: githubUrl === undefined || githubUrl === null ? null : `${githubUrl}/${owner}/${name}`,
    commits: new Map(commits.map((commit) => [commit.sha, commit])),
    pullRequests: changeSet?.pullRequests ?? new Map(),
    attached: groupBy(snapshot.kind === "deploy" ? snapshot.attached : [], ({ sha }) => sha),
    carriedBy: new Map((carriage?.tickets ?? []).map((ticket) => [ticket.key, ticket.commits])),
    failing: new Set(complaints.flatMap(({ tickets }) => tickets)),
  };
}

/** A finding's words for the readers of this repository. */
export function shownMessage({ showsTickets }: ReportFacts, finding: Finding): string {
  return showsTickets ? finding.message : finding.publicMessage;
}
