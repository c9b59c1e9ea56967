import type { Json, Team } from "../model.ts";
import type { World } from "../world.ts";
import { renderTime } from "./time.ts";

/** Teams are as old as the world: nobody asks when they were made. */
const MADE_AT = new Date(0);

/** The REST schema `team-full`. */
export function renderTeam(world: World, team: Team): Json {
  const { organisation, parent } = team;
  return {
    ...renderReference(world, team),
    parent: parent === null ? null : renderReference(world, parent),
    members_count: team.members.size,
    repos_count: 0,
    created_at: renderTime(MADE_AT),
    updated_at: renderTime(MADE_AT),
    organization: renderTeamOrganisation(world, organisation),
  };
}

function renderReference(world: World, { id, name, slug, organisation }: Team): Json {
  const url = `${world.apiUrl()}/organizations/${organisation.id}/team/${id}`;
  return {
    id,
    node_id: `T_${id}`,
    url,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    html_url: `${world.webUrl}/orgs/${organisation.login}/teams/${slug}`,
    name,
    slug,
    description: null,
    permission: "pull",
    privacy: "closed",
    type: "organization",
  };
}

function renderTeamOrganisation(world: World, { login, id }: Team["organisation"]): Json {
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
    html_url: `${world.webUrl}/${login}`,
    description: null,
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    type: "Organization",
    created_at: renderTime(MADE_AT),
    updated_at: renderTime(MADE_AT),
    archived_at: null,
  };
}
