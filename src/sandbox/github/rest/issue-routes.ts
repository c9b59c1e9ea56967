import { z } from "zod";
import {
  addComment,
  addIssue,
  addLabelTo,
  editIssue,
  emitComment,
  findComment,
  type FoundComment,
  removeLabelFrom,
} from "../issues.ts";
import { type Issue, REACTIONS, type Reaction } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import {
  labelsOf,
  renderComment,
  renderIssue,
  renderIssueEvent,
  renderLabel,
  renderReaction,
} from "../render/issue.ts";
import {
  created,
  NO_CONTENT,
  ok,
  paged,
  readBody,
  type Reply,
  repositoryRoute,
  type RepositoryCall,
  type Route,
} from "./call.ts";

const labelName = z.union([z.string(), z.object({ name: z.string() })]);
const newIssue = z.object({
  title: z.union([z.string(), z.int()]),
  body: z.string().nullish(),
  labels: z.array(labelName).default([]),
  assignees: z.array(z.string()).default([]),
});
const issueEdit = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "reopened"]).nullish(),
  labels: z.array(labelName).optional(),
});
const commentBody = z.object({ body: z.string() });
const newLabels = z.union([z.object({ labels: z.array(labelName) }), z.array(labelName)]);
const newReaction = z.object({ content: z.enum(REACTIONS) });

export const issueRoutes: readonly Route[] = [
  repositoryRoute("issues", "GET", "/issues", listIssues),
  repositoryRoute("issues", "POST", "/issues", (call) => {
    const { world, repository, actor } = call;
    const wanted = readBody(call, newIssue);
    const issue = addIssue(world, repository, actor, {
      title: String(wanted.title),
      body: wanted.body ?? null,
      labels: wanted.labels.map(nameOf),
    });
    return created(renderIssue(world, repository, issue));
  }),
  repositoryRoute("issues", "GET", "/issues/comments", (call) => {
    const { world, repository } = call;
    const since = call.query.get("since");
    const wanted = [...repository.issues.values()]
      .flatMap((issue) => issue.comments.map((comment) => ({ issue, comment })))
      .filter(({ comment }) => since === null || comment.updatedAt.getTime() >= Date.parse(since))
      .toSorted((one, other) => one.comment.updatedAt.getTime() - other.comment.updatedAt.getTime());
    const seen = call.lagging ? wanted.slice(0, -1) : wanted;
    return paged(call, seen, ({ issue, comment }) => renderComment(world, repository, issue, comment));
  }),
  repositoryRoute("issues", "GET", "/issues/:number", (call) =>
    ok(renderIssue(call.world, call.repository, find(call))),
  ),
  repositoryRoute("issues", "PATCH", "/issues/:number", (call) => {
    const { world, repository, actor } = call;
    const issue = find(call);
    const { labels, state_reason: reason, ...wanted } = readBody(call, issueEdit);
    const stateReason = reason === null ? undefined : reason;
    editIssue(world, repository, issue, actor, { ...wanted, stateReason });
    if (labels !== undefined) setLabels(call, issue, labels.map(nameOf));
    return ok(renderIssue(world, repository, issue));
  }),
  repositoryRoute("issues", "GET", "/issues/:number/comments", (call) => {
    const { world, repository } = call;
    const issue = find(call);
    const since = call.query.get("since");
    const wanted = issue.comments.filter(
      ({ updatedAt }) => since === null || updatedAt.getTime() >= Date.parse(since),
    );
    const seen = call.lagging ? wanted.slice(0, -1) : wanted;
    return paged(call, seen, (comment) => renderComment(world, repository, issue, comment));
  }),
  repositoryRoute("issues", "POST", "/issues/:number/comments", (call) => {
    const { world, repository, actor } = call;
    const issue = find(call);
    if (issue.locked && actor.app === null)
      throw new Refusal(403, "Unable to create comment because issue is locked.");
    const comment = addComment(world, repository, issue, actor, readBody(call, commentBody).body);
    return created(renderComment(world, repository, issue, comment));
  }),
  repositoryRoute("issues", "GET", "/issues/comments/:id", (call) => {
    const { issue, comment } = expectComment(call);
    return ok(renderComment(call.world, call.repository, issue, comment));
  }),
  repositoryRoute("issues", "PATCH", "/issues/comments/:id", (call) => {
    const { world, repository, actor } = call;
    const { issue, comment } = expectComment(call);
    const changes = { body: { from: comment.body } };
    comment.body = readBody(call, commentBody).body;
    comment.updatedAt = world.now();
    emitComment(world, repository, issue, comment, actor, "edited", { changes });
    return ok(renderComment(world, repository, issue, comment));
  }),
  repositoryRoute("issues", "DELETE", "/issues/comments/:id", (call) => {
    const { issue, comment } = expectComment(call);
    issue.comments.splice(issue.comments.indexOf(comment), 1);
    emitComment(call.world, call.repository, issue, comment, call.actor, "deleted");
    return NO_CONTENT;
  }),
  repositoryRoute("issues", "GET", "/issues/:number/labels", (call) => labelList(call, find(call))),
  repositoryRoute("issues", "POST", "/issues/:number/labels", (call) => {
    const issue = find(call);
    for (const name of labelNames(call)) addLabelTo(call.world, call.repository, issue, call.actor, name);
    return labelList(call, issue);
  }),
  repositoryRoute("issues", "PUT", "/issues/:number/labels", (call) => {
    const issue = find(call);
    setLabels(call, issue, labelNames(call));
    return labelList(call, issue);
  }),
  repositoryRoute("issues", "DELETE", "/issues/:number/labels/:name{.+}", (call) => {
    const issue = find(call);
    if (!removeLabelFrom(call.world, call.repository, issue, call.actor, call.parameter("name"))) {
      throw new Refusal(404, "Label does not exist");
    }
    return labelList(call, issue);
  }),
  repositoryRoute("issues", "GET", "/issues/:number/events", (call) => {
    const { world, repository } = call;
    return paged(call, find(call).events, (event) => renderIssueEvent(world, repository, event));
  }),
  repositoryRoute("issues", "GET", "/issues/:number/reactions", (call) =>
    paged(call, find(call).reactions, (reaction) => renderReaction(call.world, reaction)),
  ),
  repositoryRoute("issues", "POST", "/issues/:number/reactions", (call) => react(call, find(call).reactions)),
  repositoryRoute("issues", "GET", "/issues/comments/:id/reactions", (call) =>
    paged(call, expectComment(call).comment.reactions, (reaction) => renderReaction(call.world, reaction)),
  ),
  repositoryRoute("issues", "POST", "/issues/comments/:id/reactions", (call) =>
    react(call, expectComment(call).comment.reactions),
  ),
];

function find(call: RepositoryCall): Issue {
  const location = call.repository.transferredIssues.get(call.number("number"));
  if (location !== undefined) throw new Refusal(301, "Moved Permanently", { headers: { location } });
  const issue = call.repository.issues.get(call.number("number"));
  if (issue === undefined) throw notFound();
  if (issue.pullRequest === null && !call.repository.hasIssues)
    throw new Refusal(410, "Issues are disabled for this repo");
  return issue;
}

function expectComment(call: RepositoryCall): FoundComment {
  const found = findComment(call.repository, call.number("id"));
  if (found === null) throw notFound();
  return found;
}

function nameOf(label: z.output<typeof labelName>): string {
  return typeof label === "string" ? label : label.name;
}

function labelNames(call: RepositoryCall): readonly string[] {
  const wanted = readBody(call, newLabels);
  return ("labels" in wanted ? wanted.labels : wanted).map(nameOf);
}

function setLabels(call: RepositoryCall, issue: Issue, names: readonly string[]): void {
  const { world, repository, actor } = call;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  for (const { name } of labelsOf(repository, issue)) {
    if (!wanted.has(name.toLowerCase())) removeLabelFrom(world, repository, issue, actor, name);
  }
  for (const name of names) addLabelTo(world, repository, issue, actor, name);
}

function labelList(call: RepositoryCall, issue: Issue): Reply {
  const { world, repository } = call;
  return ok(labelsOf(repository, issue).map((label) => renderLabel(world, repository, label)));
}

/** The same reaction by the same account is answered with the one that is there. */
function react(call: RepositoryCall, reactions: Reaction[]): Reply {
  const { world, actor } = call;
  const { content } = readBody(call, newReaction);
  const existing = reactions.find((one) => one.content === content && one.user === actor.account);
  if (existing !== undefined) return ok(renderReaction(world, existing));
  const reaction: Reaction = { id: world.nextId(), content, user: actor.account, createdAt: world.now() };
  reactions.push(reaction);
  return created(renderReaction(world, reaction));
}

function listIssues(call: RepositoryCall): Reply {
  const { world, repository, query } = call;
  if (!repository.hasIssues) throw new Refusal(410, "Issues are disabled for this repo");
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const since = query.get("since");
  const creator = query.get("creator");
  const found = [...repository.issues.values()].filter((issue) => {
    const names = labelsOf(repository, issue).map(({ name }) => name.toLowerCase());
    return (
      (state === "all" || issue.state === state) &&
      labels.every((name) => names.includes(name.toLowerCase())) &&
      (since === null || issue.updatedAt.getTime() >= Date.parse(since)) &&
      (creator === null || issue.author.login === creator)
    );
  });
  const byUpdate = query.get("sort") === "updated";
  const at = (issue: Issue): number => (byUpdate ? issue.updatedAt : issue.createdAt).getTime();
  const oldestFirst = found.toSorted((one, other) => at(one) - at(other) || one.number - other.number);
  const isAscending = query.get("direction") === "asc";
  const seen = call.lagging ? oldestFirst.slice(0, -1) : oldestFirst;
  return paged(call, isAscending ? seen : seen.toReversed(), (issue) =>
    renderIssue(world, repository, issue),
  );
}
