import { findMember, findTeam } from "../actions/people.ts";
import { basePermission, roleOf, rolesOf } from "../permissions.ts";
import { notFound, Refusal } from "../refusal.ts";
import type { Team } from "../model.ts";
import { renderAccount, renderUser } from "../render/account.ts";
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

function readPermission(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const account = findAccount(world, call.parameter("username"));
  if (account === null) throw new Refusal(404, `${call.parameter("username")} is not a user`);
  const role = account.type === "Bot" ? "none" : roleOf(repository, account);
  const permission = basePermission(role);
  return ok({
    permission,
    role_name: role,
    user: {
      ...renderAccount(world, account),
      permissions: rolesOf(role),
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

function readUser(call: Call): Reply {
  const account = findAccount(call.world, call.parameter("username"));
  if (account === null) throw notFound();
  return ok(renderUser(call.world, account));
}
