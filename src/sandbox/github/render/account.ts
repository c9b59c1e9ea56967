import type { Account, App, Json } from "../model.ts";
import type { World } from "../world.ts";
import { renderTime } from "./time.ts";

/** The REST schema `simple-user`. */
export function renderAccount(world: World, account: Account): Json {
  const url = `${world.apiUrl()}/users/${encodeURIComponent(account.login)}`;
  const page = account.login.replace(/\[bot\]$/, "");
  return {
    login: account.login,
    id: account.id,
    node_id: `U_${account.id}`,
    avatar_url: `${world.webUrl}/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: account.type === "Bot" ? `${world.webUrl}/apps/${page}` : `${world.webUrl}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** Nobody asks since when. */
const JOINED = "2020-01-01T00:00:00Z";

/**
 * The REST schema `public-user`. The e-mail address is the one that the account shows; an address that GitHub made up is shown to
 * nobody.
 */
export function renderUser(world: World, account: Account): Json {
  return {
    ...renderAccount(world, account),
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
  };
}

/** The REST schema `integration`. */
export function renderApp(world: World, app: App): Json {
  const isOurs = app.id === world.app.id;
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${app.id}`,
    client_id: `Iv${app.id}`,
    owner: renderAccount(world, app.owner),
    name: app.name,
    description: "",
    external_url: `${world.webUrl}/apps/${app.slug}`,
    html_url: `${world.webUrl}/apps/${app.slug}`,
    created_at: renderTime(app.createdAt),
    updated_at: renderTime(app.createdAt),
    permissions: isOurs ? world.appPermissions : { checks: "write", metadata: "read" },
    events: isOurs ? world.appEvents : ["push"],
  };
}
