import { findTeam } from "../actions/people.ts";
import { basePermission, roleOf } from "../permissions.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderAccount } from "../render/account.ts";
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
  route("installation", "GET", "/orgs/:org/teams/:team/memberships/:username", readMembership),
];

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
  const { world, caller } = call;
  const mayLook = caller.kind === "installation" && caller.permissions["members"] !== undefined;
  const team = findTeam(world, call.parameter("org"), call.parameter("team"));
  const account = findAccount(world, call.parameter("username"));
  const membership = mayLook && account !== null ? team?.members.get(account.id) : undefined;
  if (membership === undefined || team === null) throw notFound();
  const url = `${world.apiUrl()}/organizations/${team.organisation.id}/team/${team.id}/memberships/${account?.login}`;
  return ok({ url, ...membership });
}
