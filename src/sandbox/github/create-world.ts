import type { Json, Permissions } from "./model.ts";
import { renderAccount } from "./render/account.ts";
import { renderOrganisation } from "./render/organisation.ts";
import { renderRepository } from "./render/repository.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";
import { addAccount, addApp, type Happening, installationOf, type World } from "./world.ts";

export interface NewWorld {
  readonly now: () => Date;
  readonly apiUrl: () => string;
  readonly deliveries: Deliveries;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly name: string;
    readonly permissions: Permissions;
    readonly events: readonly string[];
  };
}

const WEB_URL = "https://github.com";
const FIRST_ID = 1_000;
/** Told to the App whatever it asked for: https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation */
const ALWAYS_TOLD = new Set(["installation", "installation_repositories", "github_app_authorization"]);

/** An empty world with two Apps: the one that is being tried, and GitHub Actions. */
export function createWorld({ now, apiUrl, deliveries, app }: NewWorld): World {
  let last = FIRST_ID;
  const nextId = (): number => (last += 1);
  const makings = {
    now,
    webUrl: WEB_URL,
    apiUrl,
    nextId,
    appPermissions: app.permissions,
    appEvents: app.events,
    accounts: new Map(),
    emails: new Map(),
    repositories: new Map(),
    installations: new Map(),
    teams: new Map(),
    apps: new Map(),
    tokens: new Map(),
    formerNames: new Map(),
  };
  const makers = addAccount(makings, { login: "github", type: "Organization" });
  const world: World = {
    ...makings,
    app: addApp(makings, app.slug, app.name, makers, app.id),
    actions: addApp(makings, "github-actions", "GitHub Actions", makers, 15_368),
    emit: (happening) => emit(world, deliveries, happening),
  };
  return world;
}

/** Tells the App, where it is installed and asked for it. */
function emit(world: World, deliveries: Deliveries, happening: Happening): void {
  const { event, action, payload, sender, repository, only } = happening;
  const installation =
    happening.installation ?? (repository === null ? null : installationOf(world, repository));
  if (installation === null || installation.suspendedAt !== null) {
    if (event !== "installation") return;
  }
  if (!ALWAYS_TOLD.has(event) && installation?.events.includes(event) !== true) return;
  if (only !== undefined && only !== world.app) return;
  const whole: Json = {
    ...payload,
    ...(repository === null
      ? {}
      : { repository: payload["repository"] ?? renderRepository(world, repository) }),
    ...(repository?.owner.type === "Organization"
      ? { organization: renderOrganisation(world, repository.owner) }
      : {}),
    sender: renderAccount(world, sender),
    installation: payload["installation"] ?? {
      id: installation?.id,
      node_id: Buffer.from(`integration_installation${installation?.id}`).toString("base64"),
    },
  };
  deliveries.send(world, event, action, whole, { sender, repository, installation });
}
