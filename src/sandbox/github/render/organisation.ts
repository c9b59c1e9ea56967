import type { Account, Json } from "../model.ts";
import type { World } from "../world.ts";

/** The REST schema `organization-simple`. */
export function renderOrganisation(world: World, { login, id }: Pick<Account, "login" | "id">): Json {
  const url = `${world.apiUrl()}/orgs/${login}`;
  return {
    login,
    id,
    node_id: `O_${id}`,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.webUrl}/avatars/${id}`,
    description: "",
  };
}
