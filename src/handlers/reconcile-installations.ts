import { keepGranted, listActiveInstallations, upsertInstallation } from "../store/installation.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/**
 * Compares the installations that GitHub lists with those that are stored: one that was added, suspended or
 * taken back while nobody listened is put right, and each active one is asked for its repositories.
 */
export async function reconcileInstallations({
  github,
  database,
  queue,
  clock,
  log,
}: HandlerDependencies): Promise<void> {
  const listed = await github.listInstallations();
  const active = listed.filter(({ suspended }) => !suspended);
  const known = await listActiveInstallations(database);
  const gone = known.filter(({ id }) => listed.every((one) => one.id !== id));
  const at = clock.now();
  await database.transaction(async (transaction) => {
    for (const { id, account, suspended, granted } of listed) {
      await upsertInstallation(transaction, { id, account, state: suspended ? "suspended" : "active" }, at);
      if (granted !== null) await keepGranted(transaction, id, granted);
    }
    for (const { id, account } of gone) {
      await upsertInstallation(transaction, { id, account, state: "deleted" }, at);
    }
    await queue.enqueue(
      transaction,
      active.map(({ id }) => ({
        kind: "look",
        data: { subject: { kind: "installation", installationId: id }, because: "reconciliation" },
      })),
    );
  });
  for (const { id } of gone) log.warn("an installation is no longer listed by GitHub", { installation: id });
}
