import { z } from "zod";
import type { Installation, Json, Repository } from "../model.ts";
import { renderInstallation } from "../render/installation.ts";
import { actorOf, expectRepository, fullName, isSelected, type Actor, type World } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR } from "./commits.ts";
import { expectInstallation } from "./people.ts";

/** From now on the installation has these repositories, `owner/name`, and no other. */
export const selectRepositories = action(
  z.strictObject({
    account: z.string(),
    repositories: z.array(z.string()),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { account, repositories: names, by }) => {
    const installation = expectInstallation(world, account);
    const wanted = new Set(names.map((name) => expectRepository(world, name).id));
    const changed = [...world.repositories.values()].filter(
      (one) =>
        one.owner.id === installation.account.id && isSelected(installation, one) !== wanted.has(one.id),
    );
    installation.selected = wanted;
    const actor = actorOf(world, by);
    emitSelection(
      world,
      installation,
      actor,
      "removed",
      changed.filter(({ id }) => !wanted.has(id)),
    );
    emitSelection(
      world,
      installation,
      actor,
      "added",
      changed.filter(({ id }) => wanted.has(id)),
    );
    return {};
  },
);

function emitSelection(
  world: World,
  installation: Installation,
  actor: Actor,
  event: "added" | "removed",
  repositories: readonly Repository[],
): void {
  if (repositories.length === 0) return;
  const rendered = repositories.map(renderSelected);
  world.emit({
    event: "installation_repositories",
    action: event,
    payload: {
      action: event,
      installation: renderInstallation(world, installation),
      repository_selection: "selected",
      repositories_added: event === "added" ? rendered : [],
      repositories_removed: event === "removed" ? rendered : [],
      requester: null,
    },
    sender: actor.account,
    repository: null,
    installation,
  });
}

function renderSelected(repository: Repository): Json {
  const { id, name } = repository;
  return { id, node_id: `R_${id}`, name, full_name: fullName(repository), private: repository.private };
}
