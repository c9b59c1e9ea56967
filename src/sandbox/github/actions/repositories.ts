import { z } from "zod";
import type { Account, Installation, Repository } from "../model.ts";
import { renderRepository } from "../render/repository.ts";
import { renderInstallation } from "../render/installation.ts";
import { renderAccount } from "../render/account.ts";
import {
  type Actor,
  actorOf,
  addAccount,
  addRepository,
  ensureUser,
  expectRepository,
  findAccount,
  fullName,
  moveRepository,
  type World,
} from "../world.ts";
import { action } from "./action.ts";
import { changesOf, DEFAULT_AUTHOR, files, signatureOf } from "./commits.ts";
import { moveRef } from "./move-ref.ts";

export const createUser = action(
  z.strictObject({ login: z.string(), name: z.string().optional(), email: z.string().optional() }),
  (world, { login, name, email }) => {
    const account = addAccount(world, {
      login,
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
    });
    return { id: account.id, email: account.email };
  },
);

/** An organisation, with the App installed on all of its repositories unless told otherwise. */
export const createOrganisation = action(
  z.strictObject({ login: z.string(), install: z.boolean().default(true) }),
  (world, { login, install }) => {
    const account = addAccount(world, { login, type: "Organization" });
    const installation = install ? addInstallation(world, account, null) : null;
    return { id: account.id, installationId: installation?.id ?? null };
  },
);

export const installApp = action(
  z.strictObject({
    account: z.string(),
    /** `owner/name`; all, where left out. */
    repositories: z.array(z.string()).optional(),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { account, repositories, by }) => {
    const selected = repositories?.map((name) => expectRepository(world, name).id) ?? null;
    const installation = addInstallation(
      world,
      findAccount(world, account) ?? ensureUser(world, account),
      selected,
    );
    emitInstallation(world, installation, actorOf(world, by), "created");
    return { installationId: installation.id };
  },
);

function addInstallation(world: World, account: Account, selected: readonly number[] | null): Installation {
  const id = world.nextId();
  const installation: Installation = {
    id,
    account,
    permissions: world.appPermissions,
    events: world.appEvents,
    selected: selected === null ? null : new Set(selected),
    suspendedAt: null,
    createdAt: world.now(),
  };
  world.installations.set(id, installation);
  return installation;
}

export function emitInstallation(
  world: World,
  installation: Installation,
  actor: Actor,
  event: string,
): void {
  const repositories = [...world.repositories.values()]
    .filter(({ owner }) => owner.id === installation.account.id)
    .map((repository) => ({
      id: repository.id,
      node_id: `R_${repository.id}`,
      name: repository.name,
      full_name: fullName(repository),
      private: repository.private,
    }));
  world.emit({
    event: "installation",
    action: event,
    payload: {
      action: event,
      installation: renderInstallation(world, installation),
      repositories,
      requester: null,
    },
    sender: actor.account,
    repository: null,
    installation,
  });
}

export const createRepository = action(
  z.strictObject({
    owner: z.string(),
    name: z.string(),
    private: z.boolean().default(true),
    defaultBranch: z.string().default("main"),
    /** The first commit, if there are any. */
    files: files.optional(),
    /** `owner/name` of the repository that it is a fork of: with all of its commits. */
    forkOf: z.string().optional(),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { owner, by, files: first, forkOf, ...wanted }, { directory }) => {
    const parent = forkOf === undefined ? null : expectRepository(world, forkOf);
    const account = findAccount(world, owner) ?? ensureUser(world, owner);
    const repository = addRepository(world, directory, { ...wanted, owner: account, parent });
    const actor = actorOf(world, by);
    emitRepository(world, repository, actor, "created");
    for (const [ref, sha] of parent?.git.refs ?? []) {
      if (ref.startsWith("refs/heads/")) repository.git.setRef(ref, sha);
    }
    if (first === undefined) return { id: repository.id, sha: null };
    const { git } = repository;
    const { sha } = git.writeCommit({
      tree: git.trees.change(git.trees.empty(), changesOf(repository, first)),
      parents: [],
      author: signatureOf(world, by),
      committer: signatureOf(world, by),
      message: "Initial commit",
    });
    moveRef(world, repository, actor, `refs/heads/${wanted.defaultBranch}`, sha);
    return { id: repository.id, sha };
  },
);

/** The branches of a clone on this machine, with all of their history. */
export const importRepository = action(
  z.strictObject({ repository: z.string(), from: z.string(), refs: z.record(z.string(), z.string()) }),
  async (world, { repository: name, from, refs }) => {
    const { git } = expectRepository(world, name);
    await git.fetchFrom(
      from,
      Object.entries(refs).map(([branch, ref]) => `${ref}:refs/heads/${branch}`),
    );
    return {
      heads: Object.fromEntries(
        Object.keys(refs).map((branch) => [branch, git.refs.get(`refs/heads/${branch}`)]),
      ),
    };
  },
);

export const rename = action(
  z.strictObject({ repository: z.string(), name: z.string(), by: z.string().default(DEFAULT_AUTHOR) }),
  (world, { repository: from, name, by }) => {
    const repository = expectRepository(world, from);
    const before = repository.name;
    moveRepository(world, repository, repository.owner, name);
    emitRepository(world, repository, actorOf(world, by), "renamed", {
      changes: { repository: { name: { from: before } } },
    });
    return { repository: fullName(repository) };
  },
);

export const transfer = action(
  z.strictObject({ repository: z.string(), to: z.string(), by: z.string().default(DEFAULT_AUTHOR) }),
  (world, { repository: from, to, by }) => {
    const repository = expectRepository(world, from);
    const before = repository.owner;
    moveRepository(world, repository, findAccount(world, to) ?? ensureUser(world, to), repository.name);
    const owner = {
      from: { [before.type === "User" ? "user" : "organization"]: renderAccount(world, before) },
    };
    emitRepository(world, repository, actorOf(world, by), "transferred", { changes: { owner } });
    return { repository: fullName(repository) };
  },
);

export const archive = action(
  z.strictObject({
    repository: z.string(),
    archived: z.boolean().default(true),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, archived, by }) => {
    const repository = expectRepository(world, name);
    repository.archived = archived;
    emitRepository(world, repository, actorOf(world, by), archived ? "archived" : "unarchived");
    return {};
  },
);

export const deleteRepository = action(
  z.strictObject({ repository: z.string(), by: z.string().default(DEFAULT_AUTHOR) }),
  (world, { repository: name, by }) => {
    const repository = expectRepository(world, name);
    emitRepository(world, repository, actorOf(world, by), "deleted");
    world.repositories.delete(repository.id);
    return {};
  },
);

export const configureRepository = action(
  z.strictObject({
    repository: z.string(),
    private: z.boolean().optional(),
    hasIssues: z.boolean().optional(),
    defaultBranch: z.string().optional(),
    mergeMethods: z.strictObject({ merge: z.boolean(), squash: z.boolean(), rebase: z.boolean() }).optional(),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, by, ...wanted }) => {
    const repository = expectRepository(world, name);
    const actor = actorOf(world, by);
    repository.hasIssues = wanted.hasIssues ?? repository.hasIssues;
    repository.mergeMethods = wanted.mergeMethods ?? repository.mergeMethods;
    if (wanted.private !== undefined && wanted.private !== repository.private) {
      repository.private = wanted.private;
      emitRepository(world, repository, actor, wanted.private ? "privatized" : "publicized");
    }
    if (wanted.defaultBranch !== undefined && wanted.defaultBranch !== repository.defaultBranch) {
      const from = repository.defaultBranch;
      repository.defaultBranch = wanted.defaultBranch;
      repository.git.setHead(wanted.defaultBranch);
      emitRepository(world, repository, actor, "edited", { changes: { default_branch: { from } } });
    }
    return {};
  },
);

function emitRepository(
  world: World,
  repository: Repository,
  actor: Actor,
  event: string,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  world.emit({
    event: "repository",
    action: event,
    payload: { action: event, repository: renderRepository(world, repository), ...extra },
    sender: actor.account,
    repository,
    installation: null,
  });
}
