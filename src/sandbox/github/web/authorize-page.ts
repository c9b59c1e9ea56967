import { html } from "hono/html";
import { sandboxPage } from "../../sandbox-page.ts";
import type { Account, Role } from "../model.ts";
import type { AuthorizeRequest, Grants } from "../oauth/grants.ts";
import { findAccount, type World } from "../world.ts";

/** As whom to sign in: here, and only here, everybody may be anybody. */
export function authorizePage(
  world: World,
  grants: Grants,
  asked: Readonly<Record<string, string>>,
): Promise<Response> {
  const request = readRequest(asked);
  const problem = grants.problemWith(request);
  if (problem !== null) {
    return sandboxPage("GitHub", {
      title: "This sign-in is not right",
      body: html`<p>${problem}</p>`,
      status: 400,
    });
  }
  return sandboxPage("GitHub", {
    title: `Sign in to ${world.app.name} as …`,
    body: html`<p>
        Nobody has a password here: pick who you want to be. What they may do in Holdpoint follows from their
        role.
      </p>
      <form method="post" action="/login/oauth/authorize">
        ${Object.entries(asked).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <ul>
          ${peopleOf(world).map(
            (account) =>
              html`<li>
                <button name="login" value="${account.login}">${account.login}</button>
                ${wordsFor(world, account)}
              </li>`,
          )}
        </ul>
      </form>
      <p><a href="${grants.deny(request)}">Cancel, and go back</a></p>`,
  });
}

/** Somebody was picked. */
export async function authorize(
  world: World,
  grants: Grants,
  form: Readonly<Record<string, string>>,
): Promise<Response> {
  const { login = "", ...asked } = form;
  const account = findAccount(world, login);
  const request = readRequest(asked);
  if (grants.problemWith(request) !== null || account?.type !== "User") {
    return await authorizePage(world, grants, asked);
  }
  return new Response(null, { status: 302, headers: { location: grants.allow(request, account) } });
}

function readRequest(asked: Readonly<Record<string, string>>): AuthorizeRequest {
  return {
    clientId: asked["client_id"] ?? "",
    redirectUri: asked["redirect_uri"] ?? "",
    state: asked["state"] ?? "",
    challenge: asked["code_challenge"] ?? "",
    method: asked["code_challenge_method"] ?? "",
  };
}

const ORDER: readonly Role[] = ["admin", "maintain", "write", "triage", "read"];

/** Those who may do most come first; makers of Apps are nobody to be. */
function peopleOf(world: World): readonly Account[] {
  const makers = new Set([...world.apps.values()].map(({ owner }) => owner.id));
  return [...world.accounts.values()]
    .filter(({ id, type }) => type === "User" && !makers.has(id))
    .toSorted((one, other) => rankOf(world, one) - rankOf(world, other) || one.id - other.id);
}

function rankOf(world: World, account: Account): number {
  const best = ORDER.findIndex((role) => placesOf(world, account, role).length > 0);
  return best === -1 ? ORDER.length : best;
}

function placesOf(world: World, { id }: Account, role: Role): readonly string[] {
  return [...world.repositories.values()]
    .filter((one) => (one.owner.id === id ? "admin" : one.roles.get(id)) === role)
    .map(({ owner, name }) => `${owner.login}/${name}`);
}

function wordsFor(world: World, account: Account): string {
  const words = ORDER.flatMap((role) => {
    const places = placesOf(world, account, role);
    if (places.length === 0) return [];
    return [`${role} in ${places.length > 3 ? `${places.length} repositories` : places.join(", ")}`];
  });
  return words.length === 0 ? "sees what is public" : words.join("; ");
}
