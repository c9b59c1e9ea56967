import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { ListedStatus } from "../ports/sights.ts";
import { type ForeignStatus, readWhose, restoreStatus } from "../store/restore-status.ts";
import { appendAudit } from "../store/audit.ts";
import { listShownHeads } from "../store/sight.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** Heads whose statuses are compared: the deploy's, the trunk's, the pull requests looked at last. */
const COMPARED = 50;

/** Sets right what others posted under our names while no webhook told of it. */
export async function restoreStatuses(
  dependencies: HandlerDependencies,
  repository: RepositoryFacts,
  trunk: CommitSha | null,
): Promise<void> {
  const { github, database } = dependencies;
  const heads = new Set(await listShownHeads(database, repository.id, COMPARED));
  if (trunk !== null) heads.add(trunk);
  for (const sha of heads) {
    for (const status of await github.listStatuses(repository, sha)) {
      await compare(dependencies, repository, sha, status);
    }
  }
}

async function compare(
  { database, queue, clock, log }: HandlerDependencies,
  repository: RepositoryFacts,
  sha: CommitSha,
  status: ListedStatus,
): Promise<void> {
  const shown: ForeignStatus = { ...status, repository, sha };
  const whose = await readWhose(database, shown);
  if (whose === "ours" || whose === "not-ours" || whose === "in-flight") return;
  // Our own words that are not remembered: a backup was restored. Nobody is accused.
  if (status.isOurs && whose === "green-unjudged") return;
  const at = clock.now();
  await database.transaction(async (transaction) => {
    const how = status.isOurs ? "in-flight" : whose;
    const { target, record } = await restoreStatus(transaction, shown, how, at);
    if (target !== null) await queue.enqueue(transaction, [{ kind: "effect", data: { target } }]);
    const { installationId } = repository;
    if (record !== null) await appendAudit(transaction, { installationId, at, record });
  });
  if (status.isOurs) return;
  const { context, state, by } = status;
  log.warn("somebody else's status stood in the place of Holdpoint's own", {
    repository: repository.id,
    sha,
    context,
    state,
    by,
  });
}
