import { join } from "node:path";
import { createGitRepository } from "./git/git-repository.ts";
import type { Account, App, Installation, Json, Permissions, Repository, Team } from "./model.ts";

/** Who does something: a person, or an App as its bot. */
export interface Actor {
  readonly account: Account;
  readonly app: App | null;
}

export interface Happening {
  readonly event: string;
  readonly action: string | null;
  readonly payload: Json;
  readonly sender: Account;
  readonly repository: Repository | null;
  readonly installation: Installation | null;
  /** Goes to this App alone: a button of its own check run, say. */
  readonly only?: App;
}

/** Everything that is, by number; names lead to numbers and may change. */
export interface World {
  readonly now: () => Date;
  readonly webUrl: string;
  readonly apiUrl: () => string;
  readonly nextId: () => number;
  readonly app: App;
  /** GitHub's own App for workflows. */
  readonly actions: App;
  readonly appPermissions: Permissions;
  readonly appEvents: readonly string[];
  readonly accounts: Map<number, Account>;
  readonly emails: Map<string, Account>;
  readonly repositories: Map<number, Repository>;
  readonly installations: Map<number, Installation>;
  readonly teams: Map<number, Team>;
  readonly apps: Map<string, App>;
  readonly tokens: Map<string, Token>;
  /** `owner/name` in lower case, of repositories that moved away. */
  readonly formerNames: Map<string, number>;
  readonly emit: (happening: Happening) => void;
}

export type Token =
  | {
      readonly kind: "installation";
      readonly installation: number;
      readonly expiresAt: Date;
      readonly repositories: readonly number[] | null;
      readonly permissions: Permissions;
    }
  | {
      readonly kind: "user";
      readonly account: number;
      /** null: never, it is the person's own and not of the App's sign-in. */
      readonly endsAt: Date | null;
    };

/** What accounts and Apps are entered in. */
export type Register = Pick<World, "accounts" | "emails" | "apps" | "nextId" | "now">;

export function findAccount(world: Register, login: string): Account | null {
  const wanted = login.toLowerCase();
  return [...world.accounts.values()].find((account) => account.login.toLowerCase() === wanted) ?? null;
}

/** People need no registration: whoever is named is there. */
export function ensureUser(world: Register, login: string): Account {
  return findAccount(world, login) ?? addAccount(world, { login });
}

export function addAccount(
  world: Register,
  {
    login,
    type = "User",
    name = login,
    email,
  }: { login: string; type?: Account["type"]; name?: string; email?: string },
): Account {
  if (findAccount(world, login) !== null) throw new Error(`there is an account ${login} already`);
  const id = world.nextId();
  const account: Account = {
    id,
    login,
    type,
    name,
    email: email ?? `${id}+${login}@users.noreply.github.com`,
  };
  world.accounts.set(id, account);
  world.emails.set(account.email.toLowerCase(), account);
  return account;
}

export function addApp(world: Register, slug: string, name: string, owner: Account, id?: number): App {
  const bot = addAccount(world, { login: `${slug}[bot]`, type: "Bot", name });
  const app: App = { id: id ?? world.nextId(), slug, name, owner, bot, createdAt: world.now() };
  world.apps.set(slug, app);
  return app;
}

export function ensureApp(world: World, slug: string): App {
  return world.apps.get(slug) ?? addApp(world, slug, slug, ensureUser(world, `${slug}-makers`));
}

/** Whose commits carry this address; null: nobody's here. */
export function accountByEmail(world: World, email: string): Account | null {
  return world.emails.get(email.toLowerCase()) ?? null;
}

/** `octocat`, or `name[bot]` for an App. */
export function actorOf(world: World, login: string): Actor {
  const app = [...world.apps.values()].find(({ bot }) => bot.login === login) ?? null;
  return app === null ? { account: ensureUser(world, login), app } : { account: app.bot, app };
}

export function findRepository(world: World, owner: string, name: string): Repository | null {
  const wanted = `${owner}/${name}`.toLowerCase();
  return [...world.repositories.values()].find((one) => fullName(one).toLowerCase() === wanted) ?? null;
}

/** By `owner/name`; throws where there is none: a mistake of the caller. */
export function expectRepository(world: World, name: string): Repository {
  const [owner = "", rest = ""] = name.split("/");
  const found = findRepository(world, owner, rest);
  if (found === null) throw new Error(`there is no repository ${name}`);
  return found;
}

export function fullName({ owner, name }: Repository): string {
  return `${owner.login}/${name}`;
}

export function installationOf(world: World, repository: Repository): Installation | null {
  for (const installation of world.installations.values()) {
    if (installation.account.id === repository.owner.id && isSelected(installation, repository))
      return installation;
  }
  return null;
}

export function isSelected(installation: Installation, repository: Repository): boolean {
  return installation.selected === null || installation.selected.has(repository.id);
}

export interface NewRepository {
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent: Repository | null;
}

export function addRepository(world: World, directory: string, wanted: NewRepository): Repository {
  if (findRepository(world, wanted.owner.login, wanted.name) !== null) {
    throw new Error(`there is a repository ${wanted.owner.login}/${wanted.name} already`);
  }
  const id = world.nextId();
  const now = world.now();
  const repository: Repository = {
    ...wanted,
    id,
    archived: false,
    hasIssues: true,
    mergeMethods: { merge: true, squash: true, rebase: true },
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    git: createGitRepository(join(directory, `${id}.git`), wanted.defaultBranch, wanted.parent?.git ?? null),
    formerRefs: new Map(),
    issues: new Map(),
    transferredIssues: new Map(),
    labels: new Map(),
    statuses: new Map(),
    suites: new Map(),
    runs: new Map(),
    deployments: new Map(),
    roles: new Map(),
    environments: new Map(),
    protectionRules: new Map(),
    requiredStatuses: new Map(),
  };
  world.repositories.set(id, repository);
  return repository;
}

/** Where redirects of this name lead: to the repository that had it before, unless the name is taken again. */
export function formerlyNamed(world: World, owner: string, name: string): Repository | null {
  const id = world.formerNames.get(`${owner}/${name}`.toLowerCase());
  return id === undefined ? null : (world.repositories.get(id) ?? null);
}

export function moveRepository(world: World, repository: Repository, owner: Account, name: string): void {
  world.formerNames.set(fullName(repository).toLowerCase(), repository.id);
  world.formerNames.delete(`${owner.login}/${name}`.toLowerCase());
  repository.owner = owner;
  repository.name = name;
  repository.updatedAt = world.now();
}
