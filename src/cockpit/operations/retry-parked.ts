import type { RepositoryFacts } from "../../domain/model.ts";
import { takeParked } from "../../queue/parked.ts";
import { appendAudit } from "../../store/audit.ts";
import { findParkedRepository } from "../../store/parked-job.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { Person } from "../person.ts";

/**
 * Puts a parked job of that repository back to work, in the person's name. False: there is none, or it is another repository's; the
 * two look alike to whoever asks.
 */
export async function retryParked(
  { database, queue, clock }: Pick<CockpitDependencies, "database" | "queue" | "clock">,
  { id: repositoryId, installationId }: Pick<RepositoryFacts, "id" | "installationId">,
  { id, person }: { readonly id: string; readonly person: Person },
): Promise<boolean> {
  return await database.transaction(async (transaction) => {
    if ((await findParkedRepository(transaction, id)) !== repositoryId) return false;
    const job = await takeParked(transaction, id);
    if (job === null) return false;
    await queue.enqueue(transaction, [job]);
    const by = { by: person.login, by_id: person.id };
    const record = { what: "job-retried", repository: repositoryId, ...by, kind: job.kind, job: id };
    await appendAudit(transaction, { installationId, at: clock.now(), record });
    return true;
  });
}
