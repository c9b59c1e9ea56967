import type { ChangeSet, Commit, CommitSha, PullRequest, Reading, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { PullRequestSnapshot } from "../domain/snapshot.ts";
import { attributeTickets } from "../domain/tickets/attribute.ts";
import type { Carriage } from "../domain/tickets/carriage.ts";
import { isForkPermitted } from "../store/fork-permit.ts";
import { knownProjects, readProjects, readTicketFacts } from "./read-tickets.ts";
import { readFact } from "./reading.ts";
import type { Sources } from "./sources.ts";

export interface PullRequestQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly squashOnly: boolean;
  readonly pullRequest: PullRequest;
}

export interface MergeGroupQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly squashOnly: boolean;
  readonly headSha: CommitSha;
  readonly baseSha: CommitSha;
  /** `refs/heads/gh-readonly-queue/<base>/pr-<number>-<sha>`. */
  readonly headRef: string;
}

export interface TakenPullRequest {
  readonly snapshot: PullRequestSnapshot;
  readonly carriage: Carriage | null;
}

/** The facts for the tickets of one pull request. Jira is not asked about a fork until somebody with write access allows it. */
export async function takePullRequestSnapshot(
  sources: Sources,
  question: PullRequestQuestion,
): Promise<TakenPullRequest> {
  const { pullRequest } = question;
  const changeSet = await readFact(() => readPullRequestChanges(sources, question));
  const permitted = await mayAskJira(sources, question);
  const jira = permitted ? sources.jira : null;
  const taken = await finish({ ...sources, jira }, question, pullRequest.headSha, [pullRequest], changeSet);
  // Without Jira settings nobody could be asked once it is allowed, either.
  if (permitted || sources.jira === null) return taken;
  return { ...taken, snapshot: { ...taken.snapshot, tickets: { state: "off", because: "fork" } } };
}

/** The facts for the tickets of the pull requests in a merge group, on the group's head. */
export async function takeMergeGroupSnapshot(
  sources: Sources,
  question: MergeGroupQuestion,
): Promise<TakenPullRequest> {
  const { repository, baseSha, headSha } = question;
  const changeSet = await readFact(() => sources.github.readChangeSet(repository, baseSha, headSha));
  const pullRequests = changeSet.state === "known" ? uniquePullRequests(changeSet.value) : [];
  return await finish(sources, question, headSha, pullRequests, changeSet);
}

async function finish(
  sources: Sources,
  question: Pick<PullRequestQuestion, "repository" | "policy" | "squashOnly">,
  head: CommitSha,
  pullRequests: readonly PullRequest[],
  changeSet: Reading<ChangeSet>,
): Promise<TakenPullRequest> {
  const { repository, policy, squashOnly } = question;
  const projects = await readProjects(sources.jira, policy);
  const carriage =
    changeSet.state === "known"
      ? attributeTickets({
          changeSet: changeSet.value,
          policy: policy.tickets,
          knownProjects: knownProjects(projects),
          live: [],
        })
      : null;
  const tickets = await readTicketFacts(sources.jira, policy, carriage);
  const snapshot: PullRequestSnapshot = {
    kind: "pull-request",
    takenAt: sources.clock.now(),
    repository,
    policy,
    head,
    pullRequests,
    squashOnly,
    changeSet,
    tickets,
    projects,
  };
  return { snapshot, carriage };
}

/**
 * The commits of a pull request, each belonging to it. Where only squash merges are allowed, the one commit
 * that will be: its message is the title.
 */
async function readPullRequestChanges(
  sources: Sources,
  question: PullRequestQuestion,
): Promise<Reading<ChangeSet>> {
  const { repository, pullRequest, squashOnly } = question;
  const branches = await sources.github.readBranches(repository, [pullRequest.baseBranch]);
  const base = branches.get(pullRequest.baseBranch) ?? { state: "missing", detail: pullRequest.baseBranch };
  if (base.state === "unknown") return base;
  if (base.state === "missing") {
    return { state: "unknown", because: "branch-not-found", detail: pullRequest.baseBranch, retryAt: null };
  }
  const changeSet = await sources.github.readChangeSet(
    repository,
    base.value.sha,
    pullRequest.headSha,
    "skip",
  );
  if (changeSet.state !== "known") return changeSet;
  const commits = squashOnly ? [squashed(changeSet.value, pullRequest)] : changeSet.value.commits;
  const pullRequests = new Map(commits.map(({ sha }) => [sha, [pullRequest]] as const));
  return { state: "known", value: { ...changeSet.value, commits, pullRequests, knowsPullRequests: true } };
}

function squashed(changeSet: ChangeSet, pullRequest: PullRequest): Commit {
  const newest = changeSet.commits.at(-1);
  return {
    sha: pullRequest.headSha,
    parents: changeSet.base === null ? [] : [changeSet.base],
    tree: newest?.tree ?? "",
    message: pullRequest.title,
    author: {
      login: pullRequest.author,
      name: pullRequest.author ?? "",
      proven: pullRequest.author !== null,
    },
    committedAt: newest?.committedAt ?? "",
    ownChange: "none",
  };
}

async function mayAskJira(sources: Sources, question: PullRequestQuestion): Promise<boolean> {
  const { repository, policy, pullRequest } = question;
  if (policy.tickets.forks || pullRequest.headRepositoryId === repository.id) return true;
  return await isForkPermitted(sources.database, {
    repositoryId: repository.id,
    number: pullRequest.number,
    head: pullRequest.headSha,
  });
}

function uniquePullRequests(changeSet: ChangeSet): readonly PullRequest[] {
  const byNumber = new Map<number, PullRequest>();
  for (const pullRequests of changeSet.pullRequests.values()) {
    for (const pullRequest of pullRequests) byNumber.set(pullRequest.number, pullRequest);
  }
  return [...byNumber.values()];
}
