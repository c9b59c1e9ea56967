import { z } from "zod";
import * as issues from "../issues.ts";
import type { Issue, Repository } from "../model.ts";
import { mayTriage } from "../permissions.ts";
import { actorOf, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR } from "./commits.ts";

const by = z.string().default(DEFAULT_AUTHOR);
const inIssue = { repository: z.string(), number: z.int(), by };

interface Found {
  readonly repository: Repository;
  readonly issue: Issue;
}

function expectIssue(world: World, name: string, number: number): Found {
  const repository = expectRepository(world, name);
  const issue = repository.issues.get(number);
  if (issue === undefined) throw new Error(`${name} has no #${number}`);
  return { repository, issue };
}

export const openIssue = action(
  z.strictObject({
    repository: z.string(),
    title: z.string(),
    body: z.string().default(""),
    labels: z.array(z.string()).default([]),
    by,
  }),
  (world, { repository: name, by: login, ...wanted }) => {
    const { number } = issues.addIssue(world, expectRepository(world, name), actorOf(world, login), wanted);
    return { number };
  },
);

/** Also for pull requests: closing one without a merge, for one. */
export const editIssue = action(
  z.strictObject({
    ...inIssue,
    title: z.string().optional(),
    body: z.string().optional(),
    state: z.enum(["open", "closed"]).optional(),
    stateReason: z.enum(["completed", "not_planned", "reopened"]).optional(),
  }),
  (world, { repository: name, number, by: login, ...edit }) => {
    const { repository, issue } = expectIssue(world, name, number);
    issues.editIssue(world, repository, issue, actorOf(world, login), edit);
    return {};
  },
);

export const deleteIssue = action(
  z.strictObject(inIssue),
  (world, { repository: name, number, by: login }) => {
    const { repository, issue } = expectIssue(world, name, number);
    issues.emitChange(world, repository, issue, actorOf(world, login), "deleted");
    repository.issues.delete(number);
    return {};
  },
);

/** To another repository of the same owner, without its labels. */
export const transferIssue = action(
  z.strictObject({ ...inIssue, to: z.string() }),
  (world, { repository: name, number, to, by: login }) => {
    const { repository, issue } = expectIssue(world, name, number);
    const target = expectRepository(world, to);
    const moved = issues.nextNumber(target);
    issues.emitChange(world, repository, issue, actorOf(world, login), "transferred");
    repository.issues.delete(number);
    repository.transferredIssues.set(number, `${world.apiUrl()}/repositories/${target.id}/issues/${moved}`);
    target.issues.set(moved, { ...issue, number: moved, labels: new Set() });
    return { number: moved };
  },
);

export const lock = action(
  z.strictObject({ ...inIssue, locked: z.boolean().default(true) }),
  (world, { repository: name, number, by: login, locked }) => {
    const { repository, issue } = expectIssue(world, name, number);
    issue.locked = locked;
    issues.emitChange(world, repository, issue, actorOf(world, login), locked ? "locked" : "unlocked");
    return {};
  },
);

export const comment = action(
  z.strictObject({ ...inIssue, body: z.string() }),
  (world, { repository: name, number, by: login, body }) => {
    const { repository, issue } = expectIssue(world, name, number);
    const { id } = issues.addComment(world, repository, issue, actorOf(world, login), body);
    return { id };
  },
);

export const editComment = action(
  z.strictObject({ repository: z.string(), id: z.int(), body: z.string(), by }),
  (world, { repository: name, id, body, by: login }) => {
    const { repository, issue, found } = expectComment(world, name, id);
    const before = found.body;
    found.body = body;
    found.updatedAt = world.now();
    const changes = { body: { from: before } };
    issues.emitComment(world, repository, issue, found, actorOf(world, login), "edited", { changes });
    return {};
  },
);

export const deleteComment = action(
  z.strictObject({ repository: z.string(), id: z.int(), by }),
  (world, { repository: name, id, by: login }) => {
    const { repository, issue, found } = expectComment(world, name, id);
    issue.comments.splice(issue.comments.indexOf(found), 1);
    issues.emitComment(world, repository, issue, found, actorOf(world, login), "deleted");
    return {};
  },
);

function expectComment(
  world: World,
  name: string,
  id: number,
): Found & { readonly found: Issue["comments"][number] } {
  const repository = expectRepository(world, name);
  const found = issues.findComment(repository, id);
  if (found === null) throw new Error(`${name} has no comment ${id}`);
  return { repository, issue: found.issue, found: found.comment };
}

/** Labels are for those who may triage: anybody else is refused, as on GitHub. */
export const label = action(
  z.strictObject({ ...inIssue, label: z.string() }),
  (world, { repository: name, number, by: login, label: wanted }) => {
    const { repository, issue } = expectIssue(world, name, number);
    const actor = actorOf(world, login);
    if (actor.app === null && !mayTriage(repository, actor.account)) {
      throw new Error(`${login} may not label in ${name}`);
    }
    issues.addLabelTo(world, repository, issue, actor, wanted);
    return {};
  },
);

export const unlabel = action(
  z.strictObject({ ...inIssue, label: z.string() }),
  (world, { repository: name, number, by: login, label: wanted }) => {
    const { repository, issue } = expectIssue(world, name, number);
    return { removed: issues.removeLabelFrom(world, repository, issue, actorOf(world, login), wanted) };
  },
);

export const renameLabel = action(
  z.strictObject({ repository: z.string(), label: z.string(), name: z.string(), by }),
  (world, { repository: of, label: wanted, name, by: login }) => {
    const repository = expectRepository(world, of);
    const found = issues.findLabel(repository, wanted);
    if (found === null) throw new Error(`${of} has no label ${wanted}`);
    found.name = name;
    const changes = { name: { from: wanted } };
    issues.emitLabel(world, repository, actorOf(world, login), found, "edited", { changes });
    return { id: found.id };
  },
);

/** Deleting a label tells of the label alone, not of the issues that had it. */
export const deleteLabel = action(
  z.strictObject({ repository: z.string(), label: z.string(), by }),
  (world, { repository: of, label: wanted, by: login }) => {
    const repository = expectRepository(world, of);
    const found = issues.findLabel(repository, wanted);
    if (found === null) throw new Error(`${of} has no label ${wanted}`);
    repository.labels.delete(found.id);
    for (const issue of repository.issues.values()) issue.labels.delete(found.id);
    issues.emitLabel(world, repository, actorOf(world, login), found, "deleted");
    return {};
  },
);
