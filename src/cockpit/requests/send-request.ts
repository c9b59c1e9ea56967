import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import { isFinished } from "../../domain/requests/request.ts";
import { addRequest, findRequest, findSameRequest } from "../../store/request.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { Person, VisibleRepository } from "../person.ts";

/** How long a page waits for what was asked for before it says that it is under way. */
const PATIENCE = 8_000;

/** Within this time the same form is no second wish but a second click. */
const SECOND_CLICK = 5_000;

/**
 * Asks for something in a person's name: a row and its look, in one transaction. Whether they may is decided by the look, from
 * GitHub, when it counts. A command that is sent twice is given once: everything
 * else compares with what is there, and does nothing twice.
 */
export async function sendRequest(
  { database, queue, clock }: Pick<CockpitDependencies, "database" | "queue" | "clock">,
  { person, repository, wish }: { person: Person; repository: VisibleRepository; wish: Wish },
): Promise<number> {
  const repositoryId = repository.facts.id;
  return await database.transaction(async (transaction) => {
    const at = clock.now();
    const asked = { repositoryId, by: { id: person.id, login: person.login }, wish, at };
    if (wish.kind === "command") {
      const same = await findSameRequest(transaction, asked, new Date(at.getTime() - SECOND_CLICK));
      if (same !== null) return same;
    }
    const requestId = await addRequest(transaction, asked);
    const subject = { kind: "request", repositoryId, requestId } as const;
    await queue.enqueue(transaction, [
      { kind: "look", data: { subject, because: "somebody asks in the cockpit" } },
    ]);
    return requestId;
  });
}

/** Resolves when it is finished, or when the page has waited long enough; as it is then. */
export async function awaitRequest(
  { database, changes }: Pick<CockpitDependencies, "database" | "changes">,
  id: number,
  patience: number = PATIENCE,
): Promise<StoredRequest | null> {
  const { promise, resolve } = Promise.withResolvers<StoredRequest | null>();
  let newest: StoredRequest | null = null;
  async function look(): Promise<void> {
    newest = await findRequest(database, id);
    if (newest === null || isFinished(newest)) resolve(newest);
  }
  const stop = changes.subscribe((repositoryId) => {
    if (repositoryId === null || repositoryId === newest?.repositoryId || newest === null) void look();
  });
  const timer = setTimeout(() => resolve(newest), patience);
  try {
    await look();
    return await promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}
