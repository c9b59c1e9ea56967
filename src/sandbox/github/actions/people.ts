import { z } from "zod";
import { randomBytes } from "node:crypto";
import type { Team } from "../model.ts";
import { actorOf, ensureUser, expectRepository, findAccount, type World } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR } from "./commits.ts";
import { emitInstallation } from "./repositories.ts";

export const setPermission = action(
  z.strictObject({
    repository: z.string(),
    login: z.string(),
    role: z.enum(["admin", "maintain", "write", "triage", "read", "none"]),
  }),
  (world, { repository: name, login, role }) => {
    const repository = expectRepository(world, name);
    const account = ensureUser(world, login);
    if (role === "none") repository.roles.delete(account.id);
    else repository.roles.set(account.id, role);
    return {};
  },
);

/** Somebody who was only invited is `pending`, and no member yet. */
export const addTeamMember = action(
  z.strictObject({
    organisation: z.string(),
    team: z.string(),
    login: z.string(),
    role: z.enum(["member", "maintainer"]).default("member"),
    state: z.enum(["active", "pending"]).default("active"),
  }),
  (world, { organisation, team, login, role, state }) => {
    const found = findTeam(world, organisation, team) ?? addTeam(world, organisation, team);
    found.members.set(ensureUser(world, login).id, { role, state });
    return { id: found.id };
  },
);

/** Members of a nested team are members of the one around it. */
export const nestTeam = action(
  z.strictObject({ organisation: z.string(), team: z.string(), parent: z.string() }),
  (world, { organisation, team, parent }) => {
    const [inner, outer] = [team, parent].map(
      (slug) => findTeam(world, organisation, slug) ?? addTeam(world, organisation, slug),
    );
    if (inner !== undefined) inner.parent = outer ?? null;
    return {};
  },
);

export const removeTeamMember = action(
  z.strictObject({ organisation: z.string(), team: z.string(), login: z.string() }),
  (world, { organisation, team, login }) => {
    const removed = findTeam(world, organisation, team)?.members.delete(ensureUser(world, login).id) ?? false;
    return { removed };
  },
);

export function findTeam(world: World, organisation: string, slug: string): Team | null {
  const wanted = organisation.toLowerCase();
  return (
    [...world.teams.values()].find(
      (team) => team.organisation.login.toLowerCase() === wanted && team.slug === slug,
    ) ?? null
  );
}

/** Of the team itself or of one nested in it. */
export function findMember(world: World, team: Team, account: number): TeamMember | null {
  const own = team.members.get(account);
  if (own !== undefined) return own;
  const nested = [...world.teams.values()].filter(({ parent }) => parent === team);
  for (const inner of nested) {
    const found = findMember(world, inner, account);
    if (found !== null) return found;
  }
  return null;
}

type TeamMember = NonNullable<ReturnType<Team["members"]["get"]>>;

function addTeam(world: World, organisation: string, slug: string): Team {
  const owner = findAccount(world, organisation);
  if (owner === null) throw new Error(`there is no organisation ${organisation}`);
  const team: Team = {
    id: world.nextId(),
    organisation: owner,
    slug,
    name: slug,
    members: new Map(),
    parent: null,
  };
  world.teams.set(team.id, team);
  return team;
}

/** A person's own token, for commands that run without the App. */
export const createUserToken = action(z.strictObject({ login: z.string() }), (world, { login }) => {
  const token = `ghp_${randomBytes(18).toString("hex")}`;
  world.tokens.set(token, { kind: "user", account: ensureUser(world, login).id, endsAt: null });
  return { token };
});

const ofInstallation = { account: z.string(), by: z.string().default(DEFAULT_AUTHOR) };

export const suspendInstallation = action(
  z.strictObject({ ...ofInstallation, suspended: z.boolean().default(true) }),
  (world, { account, by, suspended }) => {
    const installation = expectInstallation(world, account);
    installation.suspendedAt = suspended ? world.now() : null;
    emitInstallation(world, installation, actorOf(world, by), suspended ? "suspend" : "unsuspend");
    return {};
  },
);

export const uninstall = action(z.strictObject(ofInstallation), (world, { account, by }) => {
  const installation = expectInstallation(world, account);
  emitInstallation(world, installation, actorOf(world, by), "deleted");
  world.installations.delete(installation.id);
  for (const [token, { kind, ...rest }] of world.tokens) {
    if (kind === "installation" && "installation" in rest && rest.installation === installation.id) {
      world.tokens.delete(token);
    }
  }
  return {};
});

/** The App's rights in one installation: fewer than it asks for, until somebody accepts. */
export const setInstallationPermissions = action(
  z.strictObject({
    ...ofInstallation,
    permissions: z.record(z.string(), z.enum(["read", "write", "admin"])),
    events: z.array(z.string()).optional(),
  }),
  (world, { account, by, permissions, events }) => {
    const installation = expectInstallation(world, account);
    installation.permissions = permissions;
    installation.events = events ?? installation.events;
    emitInstallation(world, installation, actorOf(world, by), "new_permissions_accepted");
    return {};
  },
);

export function expectInstallation(
  world: World,
  login: string,
): NonNullable<ReturnType<World["installations"]["get"]>> {
  const found = [...world.installations.values()].find(({ account }) => account.login === login);
  if (found === undefined) throw new Error(`the App is not installed on ${login}`);
  return found;
}
