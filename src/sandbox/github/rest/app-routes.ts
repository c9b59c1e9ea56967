import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Installation, Json, Permissions, Repository } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderApp } from "../render/account.ts";
import { renderInstallation } from "../render/installation.ts";
import { renderRepository } from "../render/repository.ts";
import { renderTime } from "../render/time.ts";
import { findRepository, installationOf, isSelected, type World } from "../world.ts";
import { type Call, created, ok, paged, readBody, type Route, route } from "./call.ts";

const TOKEN_MILLISECONDS = 60 * 60_000;

const tokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.int()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).optional(),
});

/** What the App does as itself, and what an installation asks of itself. */
export const appRoutes: readonly Route[] = [
  route("app", "GET", "/app", ({ world }) =>
    ok({ ...renderApp(world, world.app), installations_count: world.installations.size }),
  ),
  route("app", "GET", "/app/installations", (call) =>
    paged(call, [...call.world.installations.values()], (one) => renderInstallation(call.world, one)),
  ),
  route("app", "GET", "/app/installations/:id", (call) =>
    ok(renderInstallation(call.world, findInstallation(call))),
  ),
  route("app", "POST", "/app/installations/:id/access_tokens", createToken),
  route("app", "GET", "/repos/:owner/:repo/installation", (call) => {
    const { world } = call;
    const repository = findRepository(world, call.parameter("owner"), call.parameter("repo"));
    const installation = repository === null ? null : installationOf(world, repository);
    if (installation === null) throw notFound();
    return ok(renderInstallation(world, installation));
  }),
  route("installation", "GET", "/installation/repositories", (call) =>
    paged(
      call,
      visibleRepositories(call),
      (repository) => ({ ...renderRepository(call.world, repository), ...permissionsOf(call) }),
      (repositories, total) => ({ total_count: total, repository_selection: "all", repositories }),
    ),
  ),
];

function findInstallation(call: Call): Installation {
  const installation = call.world.installations.get(call.number("id"));
  if (installation === undefined) throw notFound();
  return installation;
}

function createToken(call: Call): ReturnType<typeof created> {
  const { world } = call;
  const installation = findInstallation(call);
  if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
  const wanted = readBody(call, tokenRequest);
  const repositories = narrow(world, installation, wanted);
  const permissions = wanted.permissions ?? installation.permissions;
  for (const [name, level] of Object.entries(permissions)) {
    const has: string | undefined = installation.permissions[name];
    if (has === undefined || (has === "read" && level !== "read")) {
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
  }
  const token = `ghs_${randomBytes(24).toString("base64url")}`;
  const expiresAt = new Date(world.now().getTime() + TOKEN_MILLISECONDS);
  const ids = repositories?.map(({ id }) => id) ?? null;
  world.tokens.set(token, {
    kind: "installation",
    installation: installation.id,
    expiresAt,
    repositories: ids,
    permissions,
  });
  return created({
    token,
    expires_at: renderTime(expiresAt),
    permissions,
    repository_selection: installation.selected === null && repositories === null ? "all" : "selected",
    ...(repositories === null
      ? {}
      : { repositories: repositories.map((repository) => renderRepository(world, repository)) }),
  });
}

function narrow(
  world: World,
  installation: Installation,
  wanted: z.infer<typeof tokenRequest>,
): readonly Repository[] | null {
  if (wanted.repositories === undefined && wanted.repository_ids === undefined) return null;
  const own = [...world.repositories.values()].filter(
    (one) => one.owner.id === installation.account.id && isSelected(installation, one),
  );
  const named = own.filter(
    ({ id, name }) =>
      wanted.repository_ids?.includes(id) === true || wanted.repositories?.includes(name) === true,
  );
  if (named.length < (wanted.repository_ids ?? []).length + (wanted.repositories ?? []).length) {
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  return named;
}

function visibleRepositories({ world, caller }: Call): readonly Repository[] {
  if (caller.kind !== "installation") return [];
  return [...world.repositories.values()].filter((repository) => caller.mayUse(repository));
}

function permissionsOf({ caller }: Call): Json {
  const permissions: Permissions = caller.kind === "installation" ? caller.permissions : {};
  const push = permissions["contents"] === "write";
  return { permissions: { admin: false, maintain: false, push, triage: push, pull: true } };
}
