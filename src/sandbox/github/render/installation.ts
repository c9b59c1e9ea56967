import type { Installation, Json } from "../model.ts";
import type { World } from "../world.ts";
import { renderAccount } from "./account.ts";
import { renderTime } from "./time.ts";

/** The REST schema `installation`. */
export function renderInstallation(world: World, installation: Installation): Json {
  const { id, account } = installation;
  const owner = account.type === "Organization" ? `/organizations/${account.login}` : "";
  const isSuspended = installation.suspendedAt !== null;
  return {
    id,
    account: renderAccount(world, account),
    repository_selection: installation.selected === null ? "all" : "selected",
    access_tokens_url: `${world.apiUrl()}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.apiUrl()}/installation/repositories`,
    html_url: `${world.webUrl}${owner}/settings/installations/${id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: renderTime(installation.createdAt),
    updated_at: renderTime(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: isSuspended ? renderAccount(world, account) : null,
    suspended_at: installation.suspendedAt === null ? null : renderTime(installation.suspendedAt),
  };
}
