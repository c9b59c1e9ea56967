import { emitIssue, emitPullRequest } from "./actions/emit.ts";
import type { Comment, Issue, IssueEvent, Json, Label, PullRequest, Repository } from "./model.ts";
import { Refusal, refuseLonger } from "./refusal.ts";
import { renderComment, renderIssue, renderLabel } from "./render/issue.ts";
import { isPullRequest } from "./render/pull-request.ts";
import type { Actor, World } from "./world.ts";

/** "body is too long (maximum is 65536 characters)": not in GitHub's description, yet refused. */
const MAX_BODY = 65_536;
const MAX_TITLE = 256;
const MAX_LABEL_NAME = 50;
const MAX_LABEL_DESCRIPTION = 100;
const MAX_LABELS = 100;
const PLAIN_COLOR = "ededed";

export interface NewIssue {
  readonly title: string;
  readonly body: string | null;
  readonly labels?: readonly string[];
  readonly pullRequest?: PullRequest;
}

/** Issues and pull requests share their numbers. */
export function addIssue(world: World, repository: Repository, actor: Actor, wanted: NewIssue): Issue {
  refuseLonger(wanted.title, MAX_TITLE, "Issue", "title");
  refuseLonger(wanted.body, MAX_BODY, "Issue", "body");
  if (wanted.pullRequest === undefined && !repository.hasIssues) {
    throw new Refusal(410, "Issues has been disabled in this repository.");
  }
  const now = world.now();
  const number = nextNumber(repository);
  const issue: Issue = {
    id: world.nextId(),
    number,
    title: wanted.title,
    body: wanted.body,
    author: actor.account,
    app: actor.app,
    state: "open",
    stateReason: null,
    locked: false,
    closedBy: null,
    closedAt: null,
    createdAt: now,
    updatedAt: now,
    labels: new Set(),
    assignees: [],
    comments: [],
    events: [],
    reactions: [],
    pullRequest: wanted.pullRequest ?? null,
  };
  repository.issues.set(number, issue);
  emitChange(world, repository, issue, actor, "opened");
  for (const name of wanted.labels ?? []) addLabelTo(world, repository, issue, actor, name);
  return issue;
}

/** A number is never given twice, whatever became of its issue. */
export function nextNumber({ issues, transferredIssues }: Repository): number {
  return Math.max(0, ...issues.keys(), ...transferredIssues.keys()) + 1;
}

/** `issues` for an issue, `pull_request` for a pull request. */
export function emitChange(
  world: World,
  repository: Repository,
  issue: Issue,
  actor: Actor,
  action: string,
  extra: Json = {},
): void {
  if (isPullRequest(issue)) emitPullRequest(world, repository, issue, actor, action, extra);
  else emitIssue(world, repository, issue, actor, action, extra);
}

export interface IssueEdit {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: "open" | "closed" | undefined;
  readonly stateReason?: Issue["stateReason"] | undefined;
}

export function editIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  actor: Actor,
  edit: IssueEdit,
): void {
  refuseLonger(edit.title, MAX_TITLE, "Issue", "title");
  refuseLonger(edit.body, MAX_BODY, "Issue", "body");
  const changes = {
    ...(edit.title === undefined || edit.title === issue.title ? {} : { title: { from: issue.title } }),
    ...(edit.body === undefined || edit.body === issue.body ? {} : { body: { from: issue.body ?? "" } }),
  };
  issue.title = edit.title ?? issue.title;
  issue.body = edit.body === undefined ? issue.body : edit.body;
  issue.updatedAt = world.now();
  if (Object.keys(changes).length > 0) emitChange(world, repository, issue, actor, "edited", { changes });
  if (edit.state === undefined || edit.state === issue.state) return;
  const isClosed = edit.state === "closed";
  issue.state = edit.state;
  issue.stateReason = edit.stateReason ?? (isClosed ? "completed" : "reopened");
  issue.closedAt = isClosed ? world.now() : null;
  issue.closedBy = isClosed ? actor.account : null;
  addEvent(world, issue, actor, isClosed ? "closed" : "reopened", null);
  emitChange(world, repository, issue, actor, isClosed ? "closed" : "reopened");
}

export function addEvent(
  world: World,
  issue: Issue,
  actor: Actor,
  event: string,
  label: Label | null,
): IssueEvent {
  const { account, app } = actor;
  const added: IssueEvent = { id: world.nextId(), event, actor: account, app, label, createdAt: world.now() };
  issue.events.push(added);
  return added;
}

export function findLabel(repository: Repository, name: string): Label | null {
  const wanted = name.toLowerCase();
  return [...repository.labels.values()].find((label) => label.name.toLowerCase() === wanted) ?? null;
}

export function addLabel(
  world: World,
  repository: Repository,
  actor: Actor,
  wanted: {
    readonly name: string;
    readonly color?: string | undefined;
    readonly description?: string | null | undefined;
  },
): Label {
  refuseLonger(wanted.name, MAX_LABEL_NAME, "Label", "name");
  refuseLonger(wanted.description, MAX_LABEL_DESCRIPTION, "Label", "description");
  if (findLabel(repository, wanted.name) !== null) {
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "Label", code: "already_exists", field: "name" }],
    });
  }
  const label: Label = {
    id: world.nextId(),
    name: wanted.name,
    color: wanted.color ?? PLAIN_COLOR,
    description: wanted.description ?? null,
  };
  repository.labels.set(label.id, label);
  emitLabel(world, repository, actor, label, "created");
  return label;
}

export function emitLabel(
  world: World,
  repository: Repository,
  actor: Actor,
  label: Label,
  action: string,
  extra: Json = {},
): void {
  const payload = { action, label: renderLabel(world, repository, label), ...extra };
  world.emit({ event: "label", action, payload, sender: actor.account, repository, installation: null });
}

/** A label that the repository does not have is made. One event for each label, and none for one that is there already. */
export function addLabelTo(
  world: World,
  repository: Repository,
  issue: Issue,
  actor: Actor,
  name: string,
): void {
  const label = findLabel(repository, name) ?? addLabel(world, repository, actor, { name });
  if (issue.labels.has(label.id)) return;
  if (issue.labels.size >= MAX_LABELS) throw new Refusal(422, "An issue may only have 100 labels.");
  issue.labels.add(label.id);
  issue.updatedAt = world.now();
  addEvent(world, issue, actor, "labeled", label);
  emitChange(world, repository, issue, actor, "labeled", { label: renderLabel(world, repository, label) });
}

/** False: the issue does not have it. */
export function removeLabelFrom(
  world: World,
  repository: Repository,
  issue: Issue,
  actor: Actor,
  name: string,
): boolean {
  const label = findLabel(repository, name);
  if (label === null || !issue.labels.delete(label.id)) return false;
  issue.updatedAt = world.now();
  addEvent(world, issue, actor, "unlabeled", label);
  emitChange(world, repository, issue, actor, "unlabeled", { label: renderLabel(world, repository, label) });
  return true;
}

export function addComment(
  world: World,
  repository: Repository,
  issue: Issue,
  actor: Actor,
  body: string,
): Comment {
  if (body === "")
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "IssueComment", code: "missing_field", field: "body" }],
    });
  // Its field is called `data` here, unlike an issue's.
  if (body.length > MAX_BODY) {
    const message = `body is too long (maximum is ${MAX_BODY} characters)`;
    const errors = [{ resource: "IssueComment", code: "unprocessable", field: "data", message }];
    throw new Refusal(422, "Validation Failed", { errors });
  }
  const now = world.now();
  const comment: Comment = {
    id: world.nextId(),
    body,
    author: actor.account,
    app: actor.app,
    createdAt: now,
    updatedAt: now,
    reactions: [],
  };
  issue.comments.push(comment);
  issue.updatedAt = now;
  emitComment(world, repository, issue, comment, actor, "created");
  return comment;
}

export function emitComment(
  world: World,
  repository: Repository,
  issue: Issue,
  comment: Comment,
  actor: Actor,
  action: string,
  extra: Json = {},
): void {
  const payload = {
    action,
    issue: renderIssue(world, repository, issue),
    comment: renderComment(world, repository, issue, comment),
    ...extra,
  };
  world.emit({
    event: "issue_comment",
    action,
    payload,
    sender: actor.account,
    repository,
    installation: null,
  });
}

export interface FoundComment {
  readonly issue: Issue;
  readonly comment: Comment;
}

export function findComment(repository: Repository, id: number): FoundComment | null {
  for (const issue of repository.issues.values()) {
    const comment = issue.comments.find((one) => one.id === id);
    if (comment !== undefined) return { issue, comment };
  }
  return null;
}
