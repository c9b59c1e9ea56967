import type { PullRequest, RepositoryId } from "../domain/model.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** Asks for a look at each of the pull requests. */
export async function askForLooks(
  { database, queue }: Pick<HandlerDependencies, "database" | "queue">,
  repositoryId: RepositoryId,
  pullRequests: readonly PullRequest[],
  because: string,
): Promise<void> {
  if (pullRequests.length === 0) return;
  await database.transaction((transaction) =>
    queue.enqueue(
      transaction,
      pullRequests.map(({ number }) => ({
        kind: "look",
        data: { subject: { kind: "pull-request", repositoryId, number }, because },
      })),
    ),
  );
}
