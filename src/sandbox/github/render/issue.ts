import type { Account, Comment, Issue, IssueEvent, Json, Label, Reaction, Repository } from "../model.ts";
import { REACTIONS } from "../model.ts";
import { roleOf } from "../permissions.ts";
import type { World } from "../world.ts";
import { renderAccount, renderApp } from "./account.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";
import { renderTime } from "./time.ts";

/** The REST schema `issue`. */
export function renderIssue(world: World, repository: Repository, issue: Issue): Json {
  const url = `${repositoryUrl(world, repository)}/issues/${issue.number}`;
  const page = issuePage(world, repository, issue);
  const { pullRequest } = issue;
  return {
    url,
    repository_url: repositoryUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: `I_${issue.id}`,
    number: issue.number,
    title: issue.title,
    user: renderAccount(world, issue.author),
    labels: labelsOf(repository, issue).map((label) => renderLabel(world, repository, label)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    assignee: issue.assignees[0] === undefined ? null : renderAccount(world, issue.assignees[0]),
    assignees: issue.assignees.map((account) => renderAccount(world, account)),
    milestone: null,
    comments: issue.comments.length,
    created_at: renderTime(issue.createdAt),
    updated_at: renderTime(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : renderTime(issue.closedAt),
    closed_by: issue.closedBy === null ? null : renderAccount(world, issue.closedBy),
    author_association: associationOf(repository, issue.author),
    body: issue.body,
    reactions: renderReactionCounts(`${url}/reactions`, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: issue.app === null ? null : renderApp(world, issue.app),
    ...(pullRequest === null
      ? {}
      : {
          draft: pullRequest.draft,
          pull_request: {
            url: `${repositoryUrl(world, repository)}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: pullRequest.merge === null ? null : renderTime(pullRequest.merge.at),
          },
        }),
  };
}

export function issuePage(world: World, repository: Repository, issue: Issue): string {
  const kind = issue.pullRequest === null ? "issues" : "pull";
  return `${repositoryPage(world, repository)}/${kind}/${issue.number}`;
}

export function labelsOf(repository: Repository, issue: Issue): readonly Label[] {
  return [...issue.labels].flatMap((id) => repository.labels.get(id) ?? []);
}

/** The REST schema `label`. */
export function renderLabel(world: World, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: `LA_${label.id}`,
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** The REST schema `issue-comment`. */
export function renderComment(world: World, repository: Repository, issue: Issue, comment: Comment): Json {
  const url = `${repositoryUrl(world, repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(world, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(world, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: `IC_${comment.id}`,
    user: renderAccount(world, comment.author),
    created_at: renderTime(comment.createdAt),
    updated_at: renderTime(comment.updatedAt),
    author_association: associationOf(repository, comment.author),
    body: comment.body,
    reactions: renderReactionCounts(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.app === null ? null : renderApp(world, comment.app),
  };
}

/** The REST schema `reaction`. */
export function renderReaction(world: World, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: renderAccount(world, reaction.user),
    content: reaction.content,
    created_at: renderTime(reaction.createdAt),
  };
}

/** The REST schema `issue-event`. */
export function renderIssueEvent(world: World, repository: Repository, event: IssueEvent): Json {
  return {
    id: event.id,
    node_id: `IE_${event.id}`,
    url: `${repositoryUrl(world, repository)}/issues/events/${event.id}`,
    actor: renderAccount(world, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: renderTime(event.createdAt),
    performed_via_github_app: event.app === null ? null : renderApp(world, event.app),
    ...(event.label === null ? {} : { label: { name: event.label.name, color: event.label.color } }),
  };
}

export function associationOf(repository: Repository, account: Account): string {
  if (account.id === repository.owner.id) return "OWNER";
  const role = roleOf(repository, account);
  if (role === "none" || role === "read") return "NONE";
  return repository.owner.type === "Organization" ? "MEMBER" : "COLLABORATOR";
}

function renderReactionCounts(url: string, reactions: readonly Reaction[]): Json {
  const counts = REACTIONS.map((content): readonly [string, number] => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return { url, total_count: reactions.length, ...Object.fromEntries(counts) };
}
