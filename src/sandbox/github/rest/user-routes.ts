import { rolesOf, roleOf } from "../permissions.ts";
import type { Account, Installation, Json, Repository } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderUser } from "../render/account.ts";
import { renderInstallation } from "../render/installation.ts";
import { renderRepository } from "../render/repository.ts";
import { installationOf, type World } from "../world.ts";
import { type Call, ok, paged, type Route, route } from "./call.ts";

/** What a person asks with a token of the App's sign-in. */
export const userRoutes: readonly Route[] = [
  route("user", "GET", "/user", (call) => ok(renderUser(call.world, personOf(call)))),
  route("user", "GET", "/user/installations", (call) => {
    const account = personOf(call);
    const seen = [...call.world.installations.values()].filter((one) => isKnownIn(call.world, one, account));
    return paged(
      call,
      seen,
      (one) => renderInstallation(call.world, one),
      (installations, total) => ({ total_count: total, installations }),
    );
  }),
  route("user", "GET", "/user/installations/:id/repositories", (call) => {
    const { world } = call;
    const account = personOf(call);
    const installation = world.installations.get(call.number("id"));
    if (installation === undefined || !isKnownIn(world, installation, account)) throw notFound();
    if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
    const seen = repositoriesOf(world, installation).filter((one) => roleOf(one, account) !== "none");
    return paged(
      call,
      seen,
      (one) => ({ ...renderRepository(world, one), permissions: permissionsOf(one, account) }),
      (repositories, total) => ({ total_count: total, repositories }),
    );
  }),
];

function personOf({ caller }: Call): Account {
  if (caller.kind !== "user") throw new Refusal(403, "Resource not accessible by integration");
  return caller.account;
}

/** Whoever has a role in one of its repositories; what is public makes nobody known. */
function isKnownIn(world: World, installation: Installation, account: Account): boolean {
  return (
    installation.account.id === account.id ||
    repositoriesOf(world, installation).some(({ roles }) => roles.has(account.id))
  );
}

function repositoriesOf(world: World, installation: Installation): readonly Repository[] {
  return [...world.repositories.values()].filter((one) => installationOf(world, one) === installation);
}

/** What a person may do, as REST schemas of repositories have it. */
export function permissionsOf(repository: Repository, account: Account): Json {
  return rolesOf(roleOf(repository, account));
}
