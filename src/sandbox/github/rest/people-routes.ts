import { findMember, findTeam } from "../actions/people.ts";
import { basePermission, roleOf } from "../permissions.ts";
import { notFound, Refusal } from "../refusal.ts";
import type { Team } from "../model.ts";
import { renderAccount } from "../render/account.ts";
import { renderTeam } from "../render/team.ts";
import { findAccount } from "../world.ts";
import {
  type Call,
  ok,
  type Reply,
  repositoryRoute,
  type RepositoryCall,
  type Route,
  route,
} from "./call.ts";

export const peopleRoutes: readonly Route[] = [
  repositoryRoute("metadata", "GET", "/collaborators/:username/permission", readPermission),
  route("installation", "GET", "/users/:username", readUser),
  route("installation", "GET", "/orgs/:org/teams/:team/memberships/:username", readMembership),
  route("installation", "GET", "/orgs/:org/teams/:team", readTeam),
];

/** Nobody asks since when. */
const JOINED = "2020-01-01T00:00:00Z";

function readPermission(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const account = findAccount(world, call.parameter("username"));
  if (account === null) throw new Refusal(404, `${call.parameter("username")} is not a user`);
  const role = account.type === "Bot" ? "none" : roleOf(repository, account);
  const permission = basePermission(role);
  const has = (...roles: readonly string[]): boolean => roles.includes(role);
  return ok({
    permission,
    role_name: role,
    user: {
      ...renderAccount(world, account),
      permissions: {
        admin: has("admin"),
        maintain: has("admin", "maintain"),
        push: has("admin", "maintain", "write"),
        triage: has("admin", "maintain", "write", "triage"),
        pull: !has("none"),
      },
      role_name: role,
    },
  });
}

/** Without the permission to see members, every membership looks as if there were none. */
function readMembership(call: Call): Reply {
  const { world } = call;
  const team = findVisibleTeam(call);
  const account = findAccount(world, call.parameter("username"));
  const membership = team === null || account === null ? null : findMember(world, team, account.id);
  if (membership === null || team === null) throw notFound();
  const url = `${world.apiUrl()}/organizations/${team.organisation.id}/team/${team.id}/memberships/${account?.login}`;
  return ok({ url, ...membership });
}

function readTeam(call: Call): Reply {
  const team = findVisibleTeam(call);
  if (team === null) throw notFound();
  return ok(renderTeam(call.world, team));
}

/** The organisation of the installation, and only with the permission to see members. */
function findVisibleTeam({ world, caller, parameter }: Call): Team | null {
  if (caller.kind !== "installation" || caller.permissions["members"] === undefined) return null;
  const org = parameter("org");
  const own = world.installations.get(caller.installation)?.account.login;
  return own?.toLowerCase() === org.toLowerCase() ? findTeam(world, org, parameter("team")) : null;
}

/** The e-mail address is the one that the account shows; an address that GitHub made up is shown to nobody. */
function readUser(call: Call): Reply {
  const account = findAccount(call.world, call.parameter("username"));
  if (account === null) throw notFound();
  return ok({
    ...renderAccount(call.world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: account.email.endsWith("@users.noreply.github.com") ? null : account.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: JOINED,
    updated_at: JOINED,
  });
}
