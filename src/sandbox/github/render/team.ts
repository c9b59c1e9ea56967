import type { Json, Team } from "../model.ts";
import type { World } from "../world.ts";
import { renderOrganisation } from "./organisation.ts";
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

/** The REST schema `team-organization`. */
function renderTeamOrganisation(world: World, organisation: Team["organisation"]): Json {
  return {
    ...renderOrganisation(world, organisation),
    html_url: `${world.webUrl}/${organisation.login}`,
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
